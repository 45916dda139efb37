/**
 * The Common Expression Language as OpenFGA evaluates it: cel-go 0.31 with the options that OpenFGA sets.
 *
 * <p>The parser and the type checker are those of {@code org.projectnessie.cel}, which was made from cel-go's and brings its
 * own copies of protobuf and ANTLR. What evaluates is ours, because the library's evaluation is that of an older cel-go with
 * Java's calendar, patterns, numbers and orders: a part of it replaced leaves the values of all the others, and none of its
 * values compares as OpenFGA's do. Google's {@code dev.cel} has neither cel-go's costs nor its conversions either, and needs
 * protobuf, Guava and ANTLR in versions that an AM shadows. Patterns are RE2/J's, which both nodes of AM have.
 *
 * <p>A {@link io.mcpaccess.openfga.embedded.condition.cel.Program} is a tree of parts, made once with the model. An
 * evaluation walks it without reflection, and counts on its way what cel-go would count. The values are Boolean, Long (int),
 * Double, String and the value types of this package; what failed is a value too, since {@code &&} and {@code ||} may do
 * without one side.
 */
package io.mcpaccess.openfga.embedded.condition.cel;
