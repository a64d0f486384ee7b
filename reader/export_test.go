package reader

import "context"

// HoldAndPanic holds a card, selects an application, and panics.
func HoldAndPanic(r *Reader, readerName string) (int, error) {
	return hold(context.Background(), r, readerName, func(ctx context.Context, s *Session) (int, error) {
		if err := s.Select(ctx, JPKI); err != nil {
			return 0, err
		}
		panic("test")
	})
}

// ChangeOn changes a PIN on a card behind a transport.
func ChangeOn(ctx context.Context, card Transport, old, next *Attempt) (Changed, error) {
	return NewSession(card).change(ctx, old, next, Consent{}, placesOf(old.kind))
}
