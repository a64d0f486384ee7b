/* For the tests under wine only: Go takes random bytes from ProcessPrng of
 * bcryptprimitives.dll, which the wine of Debian's stable release does not
 * have. It is never shipped; on Windows the system's own library is used. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    return RtlGenRandom(bytes, (ULONG)count);
}
