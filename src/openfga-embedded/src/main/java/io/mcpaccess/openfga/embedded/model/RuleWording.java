package io.mcpaccess.openfga.embedded.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says for a person what the language library says of a rule that a model breaks. */
final class RuleWording {

    private static final Pattern NAMING = Pattern.compile(
            "(?s)(relation|type|condition) '(.*?)'(?: of type '(.*?)')? does not match naming rule: .*");
    private static final Pattern IMPOSSIBLE =
            Pattern.compile("(?s)`(.*)` is an impossible relation for `(.*)` \\((.*)\\)\\.");
    private static final Pattern SCHEMA = Pattern.compile("(?s)invalid schema (.*)");
    private static final Pattern INDIRECT =
            Pattern.compile("(?s)`(.*)` relation used inside from allows only direct relation\\.");

    private RuleWording() {}

    /**
     * The message as a person would say it.
     *
     * @param message the library's message
     * @return the same where it is plain already
     */
    static String plain(String message) {
        Matcher naming = NAMING.matcher(message);
        if (naming.matches()) {
            int most = naming.group(1).equals("type") ? 254 : 50;
            return "\"" + naming.group(2) + "\" cannot be the name of a " + naming.group(1) + ": a name has 1 to "
                    + most + " characters, none of them ':', '#', '@', '*' or a space";
        }
        Matcher impossible = IMPOSSIBLE.matcher(message);
        if (impossible.matches()) {
            return "nobody can ever have `" + impossible.group(1) + "` of `" + impossible.group(2) + "`: "
                    + (impossible.group(3).equals("potential loop")
                            ? "its rule leads back to itself"
                            : "no way of its rule ends at users that a tuple can name");
        }
        Matcher schema = SCHEMA.matcher(message);
        if (schema.matches()) {
            return "there is no schema " + schema.group(1) + " here: write 1.1 or 1.2";
        }
        Matcher indirect = INDIRECT.matcher(message);
        return indirect.matches()
                ? "`" + indirect.group(1)
                        + "` stands behind \"from\", so it takes types in [...] alone, without \"or\", \"and\" or \"but not\""
                : message;
    }
}
