//go:build !windows && !cgo

package reader

// PCSC returns a service that says it is not there: this program was built
// without cgo, which PC/SC needs on this system.
func PCSC() Service { return noService{} }

type noService struct{}

func (noService) Establish() (ServiceContext, error) { return nil, NotSupported }
