package io.mcpaccess.openfga.embedded.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says for a person what the parser of the modelling language says with the names of its tokens. */
final class ParserWording {

    private static final Pattern PARSER = Pattern.compile(
            "(?s).*?(mismatched input|extraneous input|no viable alternative at input|missing .{1,40}? at|"
                    + "token recognition error at:) '(.*?)'(?: expecting .*|)");

    private ParserWording() {}

    /**
     * The message as a person would say it.
     *
     * @param message the library's message
     * @return the same where it has no names of tokens
     */
    static String plain(String message) {
        Matcher parser = PARSER.matcher(message);
        if (!parser.matches()) {
            return message;
        }
        String met = parser.group(2)
                .replace("\\n", " ")
                .replace("\\r", "")
                .replace("\\t", " ")
                .strip();
        if (met.equals("<EOF>")) {
            return "the model ends here, in the middle of a definition";
        }
        return met.isEmpty()
                ? "the line is not complete here, or its indentation is not that of the modelling language"
                : "\"" + met + "\" is not understood here; look at this line and the end of the one before";
    }
}
