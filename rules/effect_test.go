package rules

import "testing"

func TestBookingOfOneMatter(t *testing.T) {
	free := PlaceLine{ID: "hall", Booking: "*"}
	cases := []struct {
		name  string
		lines []Line
		want  string
	}{
		{"the row asks for booking", []Line{{ID: "booking-needed"}}, "required"},
		{"the row does not", []Line{{ID: "forgotten"}}, "*"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := effect{places: []PlaceLine{free}, lines: c.lines}
			e.askForBooking()
			if got := e.places[0].Booking; got != c.want {
				t.Errorf("booking %q, want %q", got, c.want)
			}
		})
	}
}

func TestOpenPlacesAreThoseOfAllRows(t *testing.T) {
	hall, centre, booked := PlaceLine{ID: "hall"}, PlaceLine{ID: "centre"}, PlaceLine{ID: "centre", Booking: "required"}
	of := func(places ...PlaceLine) *row { return &row{effect: effect{places: places}} }
	var d decision
	d.may[tablePlaces] = []*row{of(hall, centre), of(booked, hall)}
	if got := d.places(); len(got) != 1 || got[0].ID != "hall" {
		t.Errorf("places while it is open: %v, want the hall alone", got)
	}
	d.hit[tablePlaces] = d.may[tablePlaces][1]
	if got := d.places(); len(got) != 2 || got[0].Booking != "required" {
		t.Errorf("places once it is known: %v, want centre and hall", got)
	}
}
