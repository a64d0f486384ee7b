package rules

// Answers that cannot all be true are not refused: somebody at the counter misheard
// or mistyped one of them, and the program cannot know which. The plan follows every
// answer as it was given, and says that they do not agree.

// addContradiction adds the line that asks the clerk to ask again.
func (d *decision) addContradiction(p *Plan) {
	keys := contradiction(d.in)
	if len(keys) == 0 {
		return
	}
	line := d.set.line("contradiction")
	line.Because = keys
	p.Notes = append(p.Notes, line)
}

// contradiction names the keys of two answers that cannot both be true.
func contradiction(in *Situation) []string {
	born, hasBorn := in.Holder.BirthDate.Get()
	moved, hasMoved := in.Holder.MovedInOn.Get()
	kind, _ := in.Visitor.Kind.Get()
	under, asked := in.Holder.Guardianship.Get()
	grown := func() bool { return hasBorn && !IsMinor(born, in.On) }
	switch {
	case hasBorn && born > in.On:
		return []string{"holder.birthDate", "on"}
	case hasMoved && moved > in.On:
		return []string{"holder.movedInOn", "on"}
	case (kind == VisitorParent || kind == VisitorGuardianOfMinor) && grown():
		return []string{"holder.birthDate", "visitor.kind"}
	case under == "minor-guardianship" && grown():
		return []string{"holder.birthDate", "holder.guardianship"}
	case asked && kind != VisitorParent && guardianOf[kind] != "" && guardianOf[kind] != under:
		return []string{"holder.guardianship", "visitor.kind"}
	}
	return nil
}
