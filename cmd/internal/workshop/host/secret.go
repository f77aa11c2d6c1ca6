package host

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"gokata/cmd/internal/workshop/store"
)

// alphabet of join codes: no letter that looks like a digit, nor any that is
// easily misheard. 32 characters, 5 bits each.
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// codeLength gives 40 bits: at a thousand guesses a second, 17 years on average.
const codeLength = 8

// newCode is a join code, as people read it out: K7QF-MPXT.
func newCode() string {
	b := make([]byte, codeLength)
	rand.Read(b)
	for i := range b {
		b[i] = alphabet[b[i]&31]
	}
	return string(b[:4]) + "-" + string(b[4:])
}

// sameCode compares codes as people write them.
func sameCode(a, b string) bool {
	a, b = plainCode(a), plainCode(b)
	return len(a) == codeLength && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

func plainCode(code string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(alphabet, r) {
			return r
		}
		return -1
	}, strings.ToUpper(code))
}

// newToken is 128 random bits.
func newToken() string {
	b := make([]byte, 16)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashOf is what is kept of a token. It holds 128 random bits, so that no slow
// hash is needed.
func hashOf(token string) store.Hash { return sha256.Sum256([]byte(token)) }
