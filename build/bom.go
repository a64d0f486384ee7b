package main

import (
	"encoding/json"
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
		Type: "application", Ref: "madoguchi", Name: "madoguchi", Version: version, Licenses: license("MIT"),
	}
	for _, c := range parts {
		one := bomComponent{Type: "library", Ref: c.url(), Name: c.name, Version: c.version, Licenses: license(c.license), PURL: c.url()}
		if one.Ref == "" {
			one.Ref = c.name + "@" + c.version
		}
		if strings.HasSuffix(c.name, "tf") && c.kind == "" {
			one.Type = "file"
		}
		if c.sha512 != "" {
			one.Hashes = []bomHash{{"SHA-512", c.sha512}}
		}
		b.Components = append(b.Components, one)
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the bill of materials: %w", err)
	}
	return append(data, '\n'), nil
}

func license(id string) []bomLicense {
	if id == "" {
		return []bomLicense{{bomLicenseName{Name: "see THIRD-PARTY-LICENSES.txt"}}}
	}
	return []bomLicense{{bomLicenseName{ID: id}}}
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
