// Package forms makes the papers of the counter: the checklist the visitor
// takes home, the letter that goes by post, the case slip, the address label,
// the rule sheet and the training record. A form takes values and writes one
// PDF; it knows no database, no window and no clock.
//
// Words used here:
//
//   - A form is data: boxes in millimetres from the top left corner of an A4
//     sheet, with a font size and a field. Code only places text.
//   - A field is a value of the form, named as in the letter file
//     ("holder.name"). Errors name fields, never what stands in them, except
//     for the one character that no font has.
//   - A cluster is one character as a reader sees it: a base character with the
//     variation selector or combining marks that belong to it.
//
// Promises:
//
//   - A name is printed as it is written or not at all. Nothing is normalised.
//     A character that no font has stops the form ([MissingGlyphError]); a
//     variation that only has its base form stops it until someone has agreed
//     ([VariationError], [Options]), and is marked on the page.
//   - Nothing runs out of its box: text shrinks to the smallest size the box
//     allows, wraps by the Japanese line-breaking rules, and is then refused
//     ([OverflowError]).
//   - The same input gives the same bytes.
//   - In a drill every page carries 訓練.
//
// The text that a reader copies out of the PDF is the text that was put in.
package forms
