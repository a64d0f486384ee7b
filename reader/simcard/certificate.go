package simcard

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	_ "embed" // for the test key
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math/big"
	"sync"
	"time"
)

// testKey is the one RSA key of all simulated cards and of their authority. It
// is published with the source and protects nothing.
//
//go:embed testkey.pem
var testKey []byte

// identity is what a certificate is issued as.
type identity struct {
	unit string // organisational unit of the authority
	name string // common name of the holder: a code, never a person's name
}

var (
	signatureIdentity      = identity{"JPKI for digital signature", "0000000000SIMULATEDSIGNATURE"}
	identificationIdentity = identity{"JPKI for user authentication", "0000000000SIMULATEDIDENTITY"}
)

// authorityName is built as the real authority's, and says JPKI-TEST.
func (i identity) authorityName() ([]byte, error) {
	return rdns(
		attribute{asn1.ObjectIdentifier{2, 5, 4, 6}, "JP"},
		attribute{asn1.ObjectIdentifier{2, 5, 4, 10}, "JPKI-TEST"},
		attribute{asn1.ObjectIdentifier{2, 5, 4, 11}, i.unit},
		attribute{asn1.ObjectIdentifier{2, 5, 4, 11}, "Japan Agency for Local Authority Information Systems"},
	)
}

func (i identity) holderName() ([]byte, error) {
	return rdns(
		attribute{asn1.ObjectIdentifier{2, 5, 4, 6}, "JP"},
		attribute{asn1.ObjectIdentifier{2, 5, 4, 3}, i.name},
	)
}

type attribute struct {
	kind  asn1.ObjectIdentifier
	value string
}

// rdns writes a name with one attribute in each part, as the authority does.
func rdns(attributes ...attribute) ([]byte, error) {
	var name pkix.RDNSequence
	for _, a := range attributes {
		name = append(name, pkix.RelativeDistinguishedNameSET{{Type: a.kind, Value: a.value}})
	}
	return asn1.Marshal(name)
}

// made keeps the certificates of every holder and time once they are signed: cards
// are made by the hundred, and what is signed is the same each time.
var made sync.Map // validity to pair

type validity struct {
	identity    identity
	from, until int64 // seconds of Unix
}

type pair struct{ own, authority []byte }

// certificates gives the holder's certificate and that of its authority, in DER.
func certificates(i identity, from, until time.Time) (own, authority []byte, err error) {
	key := validity{i, from.Unix(), until.Unix()}
	if found, ok := made.Load(key); ok {
		p := found.(pair)
		return bytes.Clone(p.own), bytes.Clone(p.authority), nil
	}
	own, authority, err = makeCertificates(i, from, until)
	if err != nil {
		return nil, nil, err
	}
	made.Store(key, pair{bytes.Clone(own), bytes.Clone(authority)})
	return own, authority, nil
}

// makeCertificates signs them, in DER.
func makeCertificates(i identity, from, until time.Time) (own, authority []byte, err error) {
	key, err := parseTestKey()
	if err != nil {
		return nil, nil, err
	}
	issuer, err := i.authorityName()
	if err != nil {
		return nil, nil, err
	}
	holder, err := i.holderName()
	if err != nil {
		return nil, nil, err
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), RawSubject: issuer, RawIssuer: issuer,
		NotBefore: from.AddDate(-1, 0, 0).UTC(), NotAfter: until.AddDate(5, 0, 0).UTC(),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		SignatureAlgorithm: x509.SHA256WithRSA,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(20261124), RawSubject: holder,
		NotBefore: from.UTC(), NotAfter: until.UTC(),
		KeyUsage: x509.KeyUsageDigitalSignature, SignatureAlgorithm: x509.SHA256WithRSA,
		CRLDistributionPoints: []string{"http://jpki-test.invalid/crl"},
	}
	if authority, err = x509.CreateCertificate(rand.Reader, root, root, key.Public(), key); err != nil {
		return nil, nil, err
	}
	parent, err := x509.ParseCertificate(authority)
	if err != nil {
		return nil, nil, err
	}
	own, err = x509.CreateCertificate(rand.Reader, leaf, parent, key.Public(), key)
	return own, authority, err
}

func parseTestKey() (crypto.Signer, error) {
	block, _ := pem.Decode(testKey)
	if block == nil {
		return nil, errors.New("the embedded test key is not PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	rsaKey, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("the embedded test key is not RSA")
	}
	return rsaKey, nil
}
