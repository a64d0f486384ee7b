package counter

import (
	"context"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What is asked of EnumPrinters: printers of this PC and those of the network
// that the user is connected to, in the short form.
// https://learn.microsoft.com/windows/win32/printdocs/enumprinters
const (
	printersLocal     = 2
	printersConnected = 4
	printersShortForm = 4
)

// printerInfo is PRINTER_INFO_4W.
type printerInfo struct {
	name, server *uint16
	attributes   uint32
}

// installedPrinters asks Windows for the printers the user sees.
func installedPrinters(context.Context) ([]string, error) {
	enum := windows.NewLazySystemDLL("winspool.drv").NewProc("EnumPrintersW")
	if err := enum.Find(); err != nil {
		return nil, fmt.Errorf("finding the print service: %w", err)
	}
	var need, count uint32
	buffer := make([]byte, 1)
	for {
		ok, _, err := enum.Call(printersLocal|printersConnected, 0, printersShortForm,
			uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)), uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&count)))
		if ok != 0 {
			break
		}
		if int(need) <= len(buffer) {
			return nil, fmt.Errorf("listing printers: %w", err)
		}
		buffer = make([]byte, need)
	}
	var names []string
	if count > 0 {
		for _, p := range unsafe.Slice((*printerInfo)(unsafe.Pointer(&buffer[0])), count) {
			names = append(names, windows.UTF16PtrToString(p.name))
		}
	}
	return names, nil
}
