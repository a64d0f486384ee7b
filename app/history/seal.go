package history

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// vault holds the history's own keys, open. They lie in the table about, each
// set sealed under the key of the KeySource and bound to its name and the
// history's id.
type vault struct {
	id     []byte
	fields *keyset.Handle // AES-256-GCM: names, addresses, dates of birth, memos, plans
	tokens *keyset.Handle // HMAC-SHA-256: search tokens
	chain  *keyset.Handle // HMAC-SHA-256: events and rows

	field tink.AEAD
	token *prf.Set
	link  *prf.Set

	squeezers sync.Pool // of *flate.Writer, which is costly to make
}

// sealedVault is what the table about holds.
type sealedVault struct{ fields, tokens, chain []byte }

func newVault(id []byte) (*vault, error) {
	v := &vault{id: id}
	var err error
	if v.fields, err = keyset.NewHandle(aead.AES256GCMKeyTemplate()); err != nil {
		return nil, fmt.Errorf("making field key: %w", err)
	}
	if v.tokens, err = keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate()); err != nil {
		return nil, fmt.Errorf("making token key: %w", err)
	}
	if v.chain, err = keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate()); err != nil {
		return nil, fmt.Errorf("making chain key: %w", err)
	}
	return v, v.ready()
}

// ready builds the primitives from the key sets.
func (v *vault) ready() error {
	var err error
	if v.field, err = aead.New(v.fields); err != nil {
		return fmt.Errorf("using field key: %w", err)
	}
	if v.token, err = prf.NewPRFSet(v.tokens); err != nil {
		return fmt.Errorf("using token key: %w", err)
	}
	if v.link, err = prf.NewPRFSet(v.chain); err != nil {
		return fmt.Errorf("using chain key: %w", err)
	}
	return nil
}

// sealUnder seals the key sets under the key of a KeySource.
func (v *vault) sealUnder(key []byte) (sealedVault, error) {
	var s sealedVault
	master, err := subtle.NewAESGCM(key)
	if err != nil {
		return s, fmt.Errorf("using key: %w", err)
	}
	for _, part := range []struct {
		name   string
		handle *keyset.Handle
		to     *[]byte
	}{{"fields", v.fields, &s.fields}, {"tokens", v.tokens, &s.tokens}, {"chain", v.chain, &s.chain}} {
		var buf bytes.Buffer
		err := part.handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&buf), master, vaultBinding(v.id, part.name))
		if err != nil {
			return s, fmt.Errorf("sealing %s key: %w", part.name, err)
		}
		*part.to = buf.Bytes()
	}
	return s, nil
}

// errWrongKey says that a key does not open the vault.
var errWrongKey = errors.New("the key does not open this history")

// openVault opens the key sets with the first key that fits.
func openVault(id []byte, s sealedVault, keys [][]byte) (*vault, []byte, error) {
	for _, key := range keys {
		v, err := openVaultWith(id, s, key)
		if err == nil {
			return v, key, v.ready()
		}
	}
	return nil, nil, errWrongKey
}

func openVaultWith(id []byte, s sealedVault, key []byte) (*vault, error) {
	master, err := subtle.NewAESGCM(key)
	if err != nil {
		return nil, fmt.Errorf("using key: %w", err)
	}
	v := &vault{id: id}
	for _, part := range []struct {
		name   string
		sealed []byte
		to     **keyset.Handle
	}{{"fields", s.fields, &v.fields}, {"tokens", s.tokens, &v.tokens}, {"chain", s.chain, &v.chain}} {
		*part.to, err = keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(part.sealed)), master, vaultBinding(id, part.name))
		if err != nil {
			return nil, fmt.Errorf("opening %s key: %w", part.name, err)
		}
	}
	return v, nil
}

func vaultBinding(id []byte, name string) []byte { return pack([]byte("vault"), id, []byte(name)) }

// binding is what a sealed field is bound to: history, table, column and row.
func (v *vault) binding(column string, row int64) []byte {
	return pack(v.id, []byte("told"), []byte(column), strconv.AppendInt(nil, row, 10))
}

// seal compresses and seals one field; nothing becomes nothing.
func (v *vault) seal(column string, row int64, plain []byte) ([]byte, error) {
	if len(plain) == 0 {
		return nil, nil
	}
	small, err := v.shrink(plain)
	if err != nil {
		return nil, err
	}
	sealed, err := v.field.Encrypt(small, v.binding(column, row))
	if err != nil {
		return nil, fmt.Errorf("sealing %s: %w", column, err)
	}
	return sealed, nil
}

// open is the way back of seal.
func (v *vault) open(column string, row int64, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	small, err := v.field.Decrypt(sealed, v.binding(column, row))
	if err != nil {
		return nil, fmt.Errorf("opening %s of row %d: %w", column, row, err)
	}
	return grow(small)
}

// linkMAC authenticates an event, a row or what was told, with the chain key
// numbered keyID; 0 stands for the current one.
func (v *vault) linkMAC(keyID uint32, fields ...[]byte) ([]byte, error) {
	if keyID == 0 {
		keyID = v.link.PrimaryID
	}
	key, ok := v.link.PRFs[keyID]
	if !ok {
		return nil, fmt.Errorf("chain key %d is not in the vault", keyID)
	}
	mac, err := key.ComputePRF(pack(fields...), 32)
	if err != nil {
		return nil, fmt.Errorf("linking: %w", err)
	}
	return mac, nil
}

// pack joins fields so that no two lists of fields give the same bytes.
func pack(fields ...[]byte) []byte {
	n := 0
	for _, f := range fields {
		n += 4 + len(f)
	}
	b := make([]byte, 0, n)
	for _, f := range fields {
		b = binary.BigEndian.AppendUint32(b, uint32(len(f)))
		b = append(b, f...)
	}
	return b
}

// The first byte of a field before sealing says whether it is compressed.
const (
	asIs     = 0
	deflated = 1
)

// worthShrinking is the length from which compression pays for its header.
const worthShrinking = 256

// shrink makes a field small before it is sealed: a plan is a few kilobytes of
// JSON, and 1,000,000 of them stay in one file.
func (v *vault) shrink(plain []byte) ([]byte, error) {
	if len(plain) < worthShrinking {
		return append([]byte{asIs}, plain...), nil
	}
	w, ok := v.squeezers.Get().(*flate.Writer)
	if !ok {
		var err error
		if w, err = flate.NewWriter(io.Discard, flate.BestSpeed); err != nil {
			return nil, fmt.Errorf("compressing: %w", err)
		}
	}
	defer v.squeezers.Put(w)
	var buf bytes.Buffer
	buf.WriteByte(deflated)
	w.Reset(&buf)
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("compressing: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compressing: %w", err)
	}
	return buf.Bytes(), nil
}

func grow(small []byte) ([]byte, error) {
	switch {
	case len(small) > 0 && small[0] == asIs:
		return small[1:], nil
	case len(small) > 0 && small[0] == deflated:
		plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(small[1:])))
		if err != nil {
			return nil, fmt.Errorf("decompressing: %w", err)
		}
		return plain, nil
	}
	return nil, errors.New("a sealed field holds no known form")
}
