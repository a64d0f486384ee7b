package simcard

import (
	"io"
	"net"
	"syscall"
)

// acknowledge makes the kernel confirm at once what is received next. Where it
// fails, the card is only slower.
func acknowledge(conn io.ReadWriter) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1)
	})
}
