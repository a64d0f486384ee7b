package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// The part of CycloneDX 1.5 that is written: what the program is made of, for
// those who must know whether a newly found fault concerns them.
type (
	bom struct {
		Format     string         `json:"bomFormat"`
		Spec       string         `json:"specVersion"`
		Version    int            `json:"version"`
		Metadata   bomMetadata    `json:"metadata"`
		Components []bomComponent `json:"components"`
	}
	bomMetadata struct {
		Timestamp string       `json:"timestamp"`
		Component bomComponent `json:"component"`
	}
	bomComponent struct {
		Type     string       `json:"type"`
		Ref      string       `json:"bom-ref"`
		Name     string       `json:"name"`
		Version  string       `json:"version"`
		Hashes   []bomHash    `json:"hashes,omitempty"`
		Licenses []bomLicense `json:"licenses,omitempty"`
		PURL     string       `json:"purl,omitempty"`
	}
	bomHash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	bomLicense struct {
		License bomLicenseName `json:"license"`
	}
	bomLicenseName struct {
		ID   string `json:"id,omitempty"`
		Name string `json:"name,omitempty"`
	}
)

// billOfMaterials writes the components as CycloneDX JSON. Its date is that of
// the commit, so that two builds of one commit give the same bytes.
func billOfMaterials(version string, made time.Time, parts []component) ([]byte, error) {
	b := bom{Format: "CycloneDX", Spec: "1.5", Version: 1}
	b.Metadata.Timestamp = made.UTC().Format(time.RFC3339)
	b.Metadata.Component = bomComponent{
		Type: "application", Ref: "madoguchi", Name: "madoguchi", Version: version, Licenses: licensesOf([]string{"MIT"}),
	}
	for _, c := range parts {
		one := bomComponent{Type: "library", Ref: c.url(), Name: c.name, Version: c.version, Licenses: licensesOf(c.licenses), PURL: c.url()}
		if one.Ref == "" {
			one.Ref = c.name + "@" + c.version
		}
		if strings.HasSuffix(c.name, "tf") && c.kind == "" {
			one.Type = "file"
		}
		if c.sha512 != "" {
			one.Hashes = []bomHash{{"SHA-512", c.sha512}}
		}
		if c.sha256 != "" {
			one.Hashes = []bomHash{{"SHA-256", c.sha256}}
		}
		b.Components = append(b.Components, one)
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the bill of materials: %w", err)
	}
	return append(data, '\n'), nil
}

// licensesOf names licences by their SPDX identifiers; several hold together.
func licensesOf(ids []string) []bomLicense {
	if len(ids) == 0 {
		return []bomLicense{{bomLicenseName{Name: "see THIRD-PARTY-LICENSES.txt"}}}
	}
	var list []bomLicense
	for _, id := range ids {
		list = append(list, bomLicense{bomLicenseName{ID: id}})
	}
	return list
}

// check looks for what CycloneDX 1.5 and those who read the list need: format and
// version, and of each component a type of the standard, a name of its own, a
// version, a licence that has either an identifier or a name, and whole sums.
func (b bom) check() error {
	if b.Format != "CycloneDX" || b.Spec != "1.5" || b.Version < 1 || b.Metadata.Component.Version == "" || len(b.Components) == 0 {
		return errors.New("the head of the list is not complete")
	}
	seen := map[string]bool{b.Metadata.Component.Ref: true}
	for _, c := range b.Components {
		if c.Type != "library" && c.Type != "file" || c.Name == "" || c.Version == "" || c.Ref == "" || len(c.Licenses) == 0 {
			return fmt.Errorf("component %q is not complete", c.Name)
		}
		if seen[c.Ref] {
			return fmt.Errorf("two components are called %s", c.Ref)
		}
		seen[c.Ref] = true
		for _, l := range c.Licenses {
			if (l.License.ID == "") == (l.License.Name == "") {
				return fmt.Errorf("%s: a licence has an identifier or a name", c.Name)
			}
		}
		for _, h := range c.Hashes {
			if want := map[string]int{"SHA-256": 64, "SHA-512": 128}[h.Algorithm]; len(h.Content) != want || want == 0 {
				return fmt.Errorf("%s: not a sum of %s", c.Name, h.Algorithm)
			}
		}
	}
	return nil
}

// thirdPartyLicenses is the page with every licence in full.
func thirdPartyLicenses(parts []component) []byte {
	var page strings.Builder
	page.WriteString("窓口ナビに含まれる第三者のソフトウェアとフォント\nSoftware and fonts of others inside Madoguchi\n")
	for _, c := range parts {
		fmt.Fprintf(&page, "\n%s\n%s %s\n%s\n\n%s\n", rule, c.name, c.version, rule, c.text)
	}
	return []byte(page.String())
}

const rule = "----------------------------------------------------------------------"
