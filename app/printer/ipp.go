//go:build !windows

package printer

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
)

// CUPS' own programs list ended jobs without telling printed ones from canceled
// ones. So one question is asked of the service itself, in its protocol (IPP):
// how a job stands. Nothing is sent that changes anything.

// jobState is job-state of RFC 8011 §5.3.7.
type jobState int

// The states that end a job, and the one in which its printer stopped.
const (
	jobStopped   jobState = 6
	jobCanceled  jobState = 7
	jobAborted   jobState = 8
	jobCompleted jobState = 9
)

// Words of RFC 8010 §3.5 and RFC 8011 §5.4.15.
const (
	getJobAttributes = 0x0009

	tagOperation = 0x01
	tagEnd       = 0x03
	firstValue   = 0x10 // tags below it begin a group
	tagEnum      = 0x23
	tagKeyword   = 0x44
	tagURI       = 0x45
	tagCharset   = 0x47
	tagLanguage  = 0x48
	tagName      = 0x42

	statusNotFound = 0x0406
)

// errNoJob means that the service does not know the job, or no more.
var errNoJob = errors.New("the printing service does not know the job")

// server is where the service listens: what CUPS_SERVER says, else its socket.
func server() (network, address string) {
	name := os.Getenv("CUPS_SERVER")
	switch {
	case name == "":
		return "unix", "/run/cups/cups.sock"
	case strings.HasPrefix(name, "/"):
		return "unix", name
	}
	name, _, _ = strings.Cut(name, "/") // host:port/version=1.1
	if _, _, err := net.SplitHostPort(name); err != nil {
		name = net.JoinHostPort(name, "631")
	}
	return "tcp", name
}

// stateOfJob asks how a job stands. Its id is as lp gives it: OFFICE-12.
func stateOfJob(ctx context.Context, id string) (jobState, error) {
	number := id[strings.LastIndex(id, "-")+1:]
	if _, err := strconv.Atoi(number); err != nil {
		return 0, fmt.Errorf("reading the number of a job: %w", err)
	}
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			network, address := server()
			return d.DialContext(ctx, network, address)
		},
	}}
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost/", bytes.NewReader(jobQuestion(number)))
	if err != nil {
		return 0, fmt.Errorf("asking for a job: %w", err)
	}
	ask.Header.Set("Content-Type", "application/ipp")
	answer, err := client.Do(ask)
	if err != nil {
		return 0, fmt.Errorf("asking for a job: %w", err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return 0, fmt.Errorf("asking for a job: %w", err)
	}
	return readJobState(data)
}

// jobQuestion is a Get-Job-Attributes request for the state of a job.
func jobQuestion(number string) []byte {
	q := []byte{2, 0, 0, getJobAttributes, 0, 0, 0, 1, tagOperation}
	for _, a := range []struct {
		tag         byte
		name, value string
	}{
		{tagCharset, "attributes-charset", "utf-8"},
		{tagLanguage, "attributes-natural-language", "en"},
		{tagURI, "job-uri", "ipp://localhost/jobs/" + number},
		{tagName, "requesting-user-name", userName()},
		{tagKeyword, "requested-attributes", "job-state"},
	} {
		q = append(q, a.tag)
		q = binary.BigEndian.AppendUint16(q, uint16(len(a.name)))
		q = append(q, a.name...)
		q = binary.BigEndian.AppendUint16(q, uint16(len(a.value)))
		q = append(q, a.value...)
	}
	return append(q, tagEnd)
}

// userName is whose jobs are asked for; a service may hide those of others.
func userName() string {
	if name := os.Getenv("USER"); name != "" {
		return name
	}
	return "root"
}

// readJobState finds job-state in an answer.
func readJobState(data []byte) (jobState, error) {
	broken := errors.New("the printing service's answer cannot be read")
	if len(data) < 9 {
		return 0, broken
	}
	switch status := binary.BigEndian.Uint16(data[2:]); {
	case status == statusNotFound:
		return 0, errNoJob
	case status >= 0x0100:
		return 0, fmt.Errorf("the printing service answers %#04x", status)
	}
	for rest := data[8:]; len(rest) > 0; {
		tag := rest[0]
		rest = rest[1:]
		if tag == tagEnd {
			break
		}
		if tag < firstValue {
			continue
		}
		var name, value []byte
		var ok bool
		if name, rest, ok = counted(rest); !ok {
			return 0, broken
		}
		if value, rest, ok = counted(rest); !ok {
			return 0, broken
		}
		if string(name) == "job-state" && tag == tagEnum && len(value) == 4 {
			return jobState(binary.BigEndian.Uint32(value)), nil
		}
	}
	return 0, broken
}

// counted takes a text with its length before it.
func counted(data []byte) (text, rest []byte, ok bool) {
	if len(data) < 2 {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint16(data))
	if len(data) < 2+n {
		return nil, nil, false
	}
	return data[2 : 2+n], data[2+n:], true
}
