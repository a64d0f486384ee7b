package printer

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// This file asks the spooler (winspool.drv). Its answers are structures with
// their texts behind them in one buffer, which is kept until they are copied.

// printerInfo4 is PRINTER_INFO_4W of winspool.h.
type printerInfo4 struct {
	name, server *uint16
	attributes   uint32
}

// printerInfo2 is PRINTER_INFO_2W of winspool.h.
type printerInfo2 struct {
	server, name, share, port, driver, comment, location *uint16
	devMode                                              uintptr
	separator, processor, dataType, parameters           *uint16
	security                                             uintptr
	attributes, priority, defaultPriority                uint32
	startTime, untilTime, status, jobs, speed            uint32
}

// The layouts on 64-bit and 32-bit Windows; the compiler checks them.
const word = unsafe.Sizeof(uintptr(0))

var (
	_ [3 * word]byte     = [unsafe.Sizeof(printerInfo4{})]byte{}
	_ [13*word + 32]byte = [unsafe.Sizeof(printerInfo2{})]byte{}
)

// Words of winspool.h and wingdi.h.
const (
	enumLocal       = 0x2
	enumConnections = 0x4

	attributeOffline = 0x400

	statusPaused       = 0x1
	statusError        = 0x2
	statusJam          = 0x8
	statusPaperOut     = 0x10
	statusOffline      = 0x80
	statusNotAvailable = 0x1000
	statusNoToner      = 0x40000
	statusUser         = 0x100000
	statusDoorOpen     = 0x400000

	capabilityTrayNames = 12
	trayNameLength      = 24
)

// winspool returns a procedure of the spooler's library.
func winspool(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("winspool.drv").NewProc(name)
}

// filled calls twice: for the room an answer takes, then for the answer. The
// room may grow in between: it is asked for again.
func filled(call func(buffer unsafe.Pointer, size uint32, needed *uint32) error) ([]uint64, error) {
	var buffer []uint64
	var needed uint32
	for range 5 {
		var at unsafe.Pointer
		if len(buffer) > 0 {
			at = unsafe.Pointer(&buffer[0])
		}
		err := call(at, uint32(len(buffer)*8), &needed)
		if err == nil {
			return buffer, nil
		}
		if !errors.Is(err, windows.ERROR_INSUFFICIENT_BUFFER) {
			return nil, err
		}
		buffer = make([]uint64, (needed+7)/8)
	}
	return nil, windows.ERROR_INSUFFICIENT_BUFFER
}

// spoolerError is the error of a call that answered false.
func spoolerError(ok uintptr, err error) error {
	if ok != 0 {
		return nil
	}
	if errors.Is(err, windows.ERROR_SUCCESS) {
		return windows.ERROR_INVALID_FUNCTION
	}
	return err
}

// printerNames lists the printers of this PC and those it is connected to.
func printerNames() ([]string, error) {
	proc := winspool("EnumPrintersW")
	if err := proc.Find(); err != nil {
		return nil, fmt.Errorf("finding the spooler: %w", err)
	}
	var count uint32
	buffer, err := filled(func(at unsafe.Pointer, size uint32, needed *uint32) error {
		ok, _, err := proc.Call(enumLocal|enumConnections, 0, 4, uintptr(at), uintptr(size),
			uintptr(unsafe.Pointer(needed)), uintptr(unsafe.Pointer(&count)))
		return spoolerError(ok, err)
	})
	if err != nil {
		return nil, fmt.Errorf("listing printers: %w", err)
	}
	names := []string{}
	if len(buffer) > 0 {
		for _, info := range unsafe.Slice((*printerInfo4)(unsafe.Pointer(&buffer[0])), count) {
			names = append(names, windows.UTF16PtrToString(info.name))
		}
	}
	runtime.KeepAlive(buffer)
	return names, nil
}

// defaultPrinter is the name of the printer Windows prints on; empty where it
// has none.
func defaultPrinter() string {
	proc := winspool("GetDefaultPrinterW")
	if proc.Find() != nil {
		return ""
	}
	name := make([]uint16, 512)
	size := uint32(len(name))
	if ok, _, _ := proc.Call(uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&size))); ok == 0 {
		return ""
	}
	return windows.UTF16ToString(name)
}

// condition is what the spooler says of one printer.
type condition struct {
	port       string
	attributes uint32
	status     uint32
}

// conditionOf asks for one printer. An unknown one is a *Refusal.
func conditionOf(name string) (condition, error) {
	text, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return condition{}, &Refusal{Printer: name, Reason: NoSuchPrinter}
	}
	open := winspool("OpenPrinterW")
	if open.Find() != nil {
		return condition{}, &Refusal{Printer: name, Reason: NoSystem}
	}
	var handle windows.Handle
	ok, _, err := open.Call(uintptr(unsafe.Pointer(text)), uintptr(unsafe.Pointer(&handle)), 0)
	if err := spoolerError(ok, err); err != nil {
		return condition{}, &Refusal{Printer: name, Reason: openFault(err), Said: err.Error()}
	}
	defer winspool("ClosePrinter").Call(uintptr(handle))
	get := winspool("GetPrinterW")
	buffer, err := filled(func(at unsafe.Pointer, size uint32, needed *uint32) error {
		ok, _, err := get.Call(uintptr(handle), 2, uintptr(at), uintptr(size), uintptr(unsafe.Pointer(needed)))
		return spoolerError(ok, err)
	})
	if err != nil || len(buffer) == 0 {
		return condition{}, nil // it is there, and says nothing of itself
	}
	info := (*printerInfo2)(unsafe.Pointer(&buffer[0]))
	c := condition{attributes: info.attributes, status: info.status}
	if info.port != nil {
		c.port = windows.UTF16PtrToString(info.port)
	}
	runtime.KeepAlive(buffer)
	return c, nil
}

// openFault tells a spooler that does not run from a name it does not know.
func openFault(err error) Reason {
	if errors.Is(err, windows.RPC_S_SERVER_UNAVAILABLE) || errors.Is(err, windows.ERROR_SERVICE_NOT_ACTIVE) {
		return NoSystem
	}
	return NoSuchPrinter
}

// trayNames are the trays as the printer's driver names them.
func trayNames(name, port string) []string {
	proc := winspool("DeviceCapabilitiesW")
	device, err1 := windows.UTF16PtrFromString(name)
	at, err2 := windows.UTF16PtrFromString(port)
	if proc.Find() != nil || err1 != nil || err2 != nil {
		return []string{}
	}
	ask := func(to unsafe.Pointer) int32 {
		n, _, _ := proc.Call(uintptr(unsafe.Pointer(device)), uintptr(unsafe.Pointer(at)), capabilityTrayNames, uintptr(to), 0)
		return int32(n)
	}
	count := ask(nil)
	if count <= 0 {
		return []string{}
	}
	buffer := make([]uint16, (int(count)+8)*trayNameLength) // a driver may say more the second time
	count = min(ask(unsafe.Pointer(&buffer[0])), count+8)
	trays := []string{}
	for i := range max(int(count), 0) {
		if tray := windows.UTF16ToString(buffer[i*trayNameLength : (i+1)*trayNameLength]); tray != "" {
			trays = append(trays, tray)
		}
	}
	return trays
}
