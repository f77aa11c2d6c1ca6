package store

import (
	"context"
	"os"
)

// Backup writes a copy of a store's file to another, which must not exist, and
// looks at every page of it. A host may have the store open.
func Backup(ctx context.Context, from, to string) error {
	f, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	err = copyTo(ctx, from, to)
	if err != nil {
		os.Remove(to)
	}
	return err
}

func copyTo(ctx context.Context, from, to string) error {
	if err := look(ctx, from); err != nil {
		return err
	}
	s, err := open(from, patience)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return known(err)
	}
	c, err := open(to, patience)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.sound(ctx)
}
