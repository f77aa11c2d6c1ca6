package host

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"net"
	"time"
)

// certificate is the TLS configuration: nil without TLS, the files that were
// named, or a certificate of our own, which is made once for a workshop so that
// its join string stays right. Clients know ours by its hash (Pin), not by its
// names.
func (h *Host) certificate() (*tls.Config, error) {
	if h.config.Plain {
		return nil, nil
	}
	if h.config.Cert != "" || h.config.Key != "" {
		pair, err := tls.LoadX509KeyPair(h.config.Cert, h.config.Key)
		if err != nil {
			return nil, err
		}
		return &tls.Config{Certificates: []tls.Certificate{pair}}, nil
	}
	var cert, key string
	h.desk.look(func(s *state) { cert, key = s.settings[settingCert], s.settings[settingKey] })
	if cert == "" || key == "" {
		var err error
		if cert, key, err = ownCertificate(h.config.Now()); err != nil {
			return nil, err
		}
		err = h.desk.change(context.Background(), func(b *batch) error {
			return errors.Join(b.set(settingCert, cert), b.set(settingKey, key))
		})
		if err != nil {
			return nil, err
		}
	}
	der, err1 := base64.StdEncoding.DecodeString(cert)
	secret, err2 := base64.StdEncoding.DecodeString(key)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	private, err := x509.ParsePKCS8PrivateKey(secret)
	if err != nil {
		return nil, err
	}
	h.pin = pin(der)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: private}}}, nil
}

// pin is the SHA-256 of a certificate, as join strings hold it.
func pin(der []byte) string {
	sum := sha256.Sum256(der)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// ownCertificate makes a certificate and its key, both as base64 of DER.
func ownCertificate(now time.Time) (cert, key string, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", "", err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return "", "", err
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "gokata workshop"},
		NotBefore:    now.Add(-24 * time.Hour), // clocks of a room differ
		NotAfter:     now.Add(397 * 24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:     []string{"localhost"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	if ip := net.ParseIP(ownAddress()); ip != nil {
		template.IPAddresses = append(template.IPAddresses, ip)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		return "", "", err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return "", "", err
	}
	return base64.StdEncoding.EncodeToString(der), base64.StdEncoding.EncodeToString(secret), nil
}
