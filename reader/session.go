package reader

import (
	"context"
	"errors"
	"fmt"
)

// Session talks to one card for one short while. It counts what it sends, and
// knows which application is selected and whether a PIN was verified since.
// It is not for use by several goroutines.
type Session struct {
	card     Transport
	selected ApplicationID
	// plain is set when the card or reader refused short file identifiers, and
	// from then on every file is selected first.
	plain    bool
	verified bool // a PIN may be verified in the selected application
	clean    bool // nothing was sent since another application was selected on leaving
	fresh    bool // nothing was answered yet
	gone     bool // the card was taken off after everything was done

	commands       int
	sent, received int
}

// Option changes how a session reads.
type Option func(*Session)

// SelectFiles makes the session select every file before it reads it, for cards
// and readers known to refuse short file identifiers.
func SelectFiles() Option { return func(s *Session) { s.plain = true } }

// NewSession starts talking to the card behind the transport.
func NewSession(card Transport, options ...Option) *Session {
	s := &Session{card: card, fresh: true, clean: true}
	for _, o := range options {
		o(s)
	}
	return s
}

// Commands counts the commands exchanged so far.
func (s *Session) Commands() int { return s.commands }

// Bytes counts the bytes sent to the card and received from it.
func (s *Session) Bytes() (sent, received int) { return s.sent, s.received }

// once sends one command and takes the answer apart. It never repeats anything:
// attempts use it alone.
func (s *Session) once(ctx context.Context, command []byte) ([]byte, Status, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, asFault(err)
	}
	s.clean = false
	s.commands++
	s.sent += len(command)
	answer, err := s.card.Transmit(ctx, command)
	if err != nil {
		return nil, 0, asFault(err)
	}
	s.received += len(answer)
	if len(answer) == 0 {
		return nil, 0, NoAnswer
	}
	if len(answer) < 2 || len(answer) > maxAnswer {
		return nil, 0, fmt.Errorf("%w: %d bytes", Garbled, len(answer))
	}
	n := len(answer) - 2
	return answer[:n], Status(answer[n])<<8 | Status(answer[n+1]), nil
}

// read sends a command that changes nothing on the card, and follows 61xx and
// 6Cxx. The first command of a session is sent again once after 6F00.
// Observed: one card answers 6F00 to its first command after a cold reset.
func (s *Session) read(ctx context.Context, command []byte) ([]byte, Status, error) {
	data, status, err := s.once(ctx, command)
	if err == nil && s.fresh && status == 0x6F00 {
		data, status, err = s.once(ctx, command)
	}
	if err != nil {
		return nil, 0, err
	}
	s.fresh = false
	if status.Meaning() == WrongExpected && len(command) == 5 {
		again := append([]byte(nil), command...)
		again[4] = byte(status)
		data, status, err = s.once(ctx, again)
	}
	for round := 0; err == nil && status.Meaning() == MoreData; round++ {
		if round == 2 || len(data) > 256 {
			return nil, 0, fmt.Errorf("%w: the card never ends its answer", Garbled)
		}
		var more []byte
		more, status, err = s.once(ctx, []byte{0x00, insGetResponse, 0x00, 0x00, byte(status)})
		data = append(append([]byte(nil), data...), more...)
	}
	return data, status, err
}

// Select makes an application the current one. It clears what was verified in
// the one before.
func (s *Session) Select(ctx context.Context, id ApplicationID) error {
	_, err := s.choose(ctx, id)
	return err
}

// choose selects an application and returns what the card answered beside its
// status. None is asked for, and most cards answer nothing.
func (s *Session) choose(ctx context.Context, id ApplicationID) ([]byte, error) {
	command := selectApplication(id)
	data, status, err := s.read(ctx, command)
	if err != nil {
		return nil, err
	}
	if status != 0x9000 {
		return nil, &Refused{Command: Describe(command), Status: status}
	}
	if len(data) > 0 {
		return data, nil // the card may still be in the application before
	}
	if s.selected != id {
		s.verified = false
	}
	s.selected = id
	return nil, nil
}

// selectFile makes a file of the selected application the current one.
func (s *Session) selectFile(ctx context.Context, f FileID) (Status, error) {
	_, status, err := s.read(ctx, selectFile(f))
	return status, err
}

// twoWays sends the command that names the file by its short identifier. Where
// that is refused it selects the file, sends the plain command, and remembers.
func (s *Session) twoWays(ctx context.Context, f FileID, short, plain []byte, trusted func(Status) bool) ([]byte, Status, error) {
	refused := false
	if !s.plain {
		data, status, err := s.read(ctx, short)
		if err != nil || trusted(status) {
			return data, status, err
		}
		refused = true
	}
	status, err := s.selectFile(ctx, f)
	if err != nil || status != 0x9000 {
		return nil, status, err
	}
	data, status, err := s.read(ctx, plain)
	if err == nil && refused && trusted(status) {
		s.plain = true
	}
	return data, status, err
}

// readFile returns the first n bytes of a file of the selected application, n at most 256.
func (s *Session) readFile(ctx context.Context, f FileID, n int) ([]byte, error) {
	data, status, err := s.twoWays(ctx, f, readBinaryShort(f, n), readBinary(n), readTrusted)
	if err != nil {
		return nil, err
	}
	if status != 0x9000 {
		return nil, &Refused{Command: "READ BINARY of " + f.String(), Status: status}
	}
	return data, nil
}

// readRecord returns record 1 of a file of the selected application.
func (s *Session) readRecord(ctx context.Context, f FileID) ([]byte, error) {
	data, status, err := s.twoWays(ctx, f, readFirstRecordShort(f), readFirstRecord(), readTrusted)
	if err != nil {
		return nil, err
	}
	if status != 0x9000 {
		return nil, &Refused{Command: "READ RECORD of " + f.String(), Status: status}
	}
	return data, nil
}

// readTrusted tells an answer about the file from one about the way it was named.
func readTrusted(s Status) bool {
	return s == 0x9000 || s.Meaning() == NotAuthenticated
}

// TriesLeft asks how many tries a PIN has left and spends none: the command
// carries no data.
func (s *Session) TriesLeft(ctx context.Context, f FileID) (Status, error) {
	_, status, err := s.twoWays(ctx, f, question(shortFile|f.short()), question(currentFile), questionTrusted)
	return status, err
}

func questionTrusted(s Status) bool {
	switch s.Meaning() {
	case Tries, Locked, Done:
		return true
	}
	return s == noLimit
}

// Leave selects another application, so that nothing stays verified for the
// next program. Observed: selecting the same application again is not enough,
// and a verified PIN outlives the connection.
func (s *Session) Leave(ctx context.Context) error {
	s.fresh = false
	var last error
	for _, id := range []ApplicationID{CardManager, CardInfoInput, JPKI} {
		if id == s.selected {
			continue
		}
		data, err := s.choose(ctx, id)
		if err == nil && len(data) > 0 { // whatever answered may not have done what it was told
			err = fmt.Errorf("%w: %d bytes", Garbled, len(data))
		}
		if err == nil {
			s.clean = true
			return nil
		}
		var refused *Refused
		if !errors.As(err, &refused) && !errors.Is(err, Garbled) {
			return fmt.Errorf("leaving the card: %w", err)
		}
		if last = err; !s.verified {
			s.clean = true
			return nil // nothing to clear: one polite try is enough
		}
	}
	return fmt.Errorf("leaving the card: %w: %w", LeavingRefused, last)
}
