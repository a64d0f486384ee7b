// Package printer hands a finished PDF file to a printer of this machine and
// tells what became of it, as far as the system can tell. It knows files and
// printers; it makes no page, and nothing here opens a window.
//
// Words used here:
//
//   - A printer is named as the system spells it. A tray is one of the places
//     the printer takes paper from, named as the printer's driver spells it.
//   - A receipt is what the system gave for a file it took.
//   - A refusal says why a file was not printed ([Refusal]).
//
// Promises:
//
//   - Either a file was taken and there is a receipt, or there is an error and
//     nothing was printed.
//   - [Printed] is answered only where the system itself says so. Everything
//     else that is no refusal is [Untold]: someone has to look at the paper.
//   - Pages keep their size, and lie on one side or on both as was asked: the
//     address must stand where the envelope's window is, and not on the back of
//     a sheet that somebody else gets. Where another program decides that, the
//     outcome says so (Loose), and a job that asks for it ([Job].Exact) is refused.
//   - The name of a job is the caller's; no name is made of what is in the file.
//
// Linux goes through lp and lpstat (CUPS), which tell the end of a job. Windows
// cannot print PDF by itself: the program named in [Options] does (SumatraPDF),
// else the program that Windows has for "printto"; neither tells the end. The
// window's own print dialog is the window's business.
package printer
