package io.mcpaccess.registry.page;

import io.mcpaccess.registry.look.EscapedText;
import io.mcpaccess.registry.plan.SuspiciousText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds HTML in which no value can become markup: there is no way to add any but by these methods, each of which escapes.
 * Element and attribute names are of this program; attributes that could run something are refused whatever they hold, and
 * links lead nowhere but to the page's own views. What is opened is closed in order, so that the result is well-formed XML
 * as well.
 */
final class Markup {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])}");
    private static final Pattern PIECE = Pattern.compile("[^_./:@#-]*[_./:@#-]+|[^_./:@#-]+");
    private static final Set<String> LINKS = Set.of("href", "action", "formaction");
    private static final Set<String> REFUSED = Set.of("style", "src", "srcdoc", "srcset", "data", "ping", "background");

    private final StringBuilder out = new StringBuilder(32 * 1024);
    private final Deque<String> opened = new ArrayDeque<>();

    /** What stands in a sentence as code: a name of a tool, a scope, a subject. */
    record Code(String text) {}

    Markup doctype() {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    /**
     * Opens an element.
     *
     * @param name its name
     * @param attributes names and values in turn; one whose value is null is left out
     */
    Markup open(String name, String... attributes) {
        start(name, attributes);
        out.append('>');
        opened.push(name);
        return this;
    }

    /** Closes what was opened last. */
    Markup close() {
        out.append("</").append(opened.pop()).append('>');
        return this;
    }

    /** An element that holds nothing but text. */
    Markup leaf(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** An element that never holds anything, such as an input. */
    Markup empty(String name, String... attributes) {
        start(name, attributes);
        out.append(" />");
        return this;
    }

    /** A value as text. Characters that are not seen are written out. */
    Markup text(String value) {
        EscapedText.append(SuspiciousText.visible(value), out);
        return this;
    }

    /** A value as code, kept from turning the text around it. A long name may break after the marks that it has. */
    Markup code(String value) {
        open("code");
        Matcher pieces = PIECE.matcher(SuspiciousText.visible(value));
        for (boolean isFirst = true; pieces.find(); isFirst = false) {
            out.append(isFirst ? "" : "<wbr />");
            EscapedText.append(pieces.group(), out);
        }
        return close();
    }

    /** A sentence of ours with values in place of {@code {0}}, {@code {1}}: {@link Code} as code, all else as isolated text. */
    Markup say(String sentence, Object... values) {
        Matcher places = PLACEHOLDER.matcher(sentence);
        int from = 0;
        while (places.find()) {
            text(sentence.substring(from, places.start()));
            Object value = values[Integer.parseInt(places.group(1))];
            if (value instanceof Code code) {
                code(code.text());
            } else if (value instanceof Number number) {
                text(number.toString());
            } else {
                leaf("bdi", String.valueOf(value));
            }
            from = places.end();
        }
        return text(sentence.substring(from));
    }

    /** The page's own style sheet, a constant. It must not be able to end its element. */
    Markup styleSheet(String css) {
        if (css.contains("</") || css.contains("<!--")) {
            throw new IllegalArgumentException("A style sheet must not hold markup");
        }
        out.append("<style>").append(css).append("</style>");
        return this;
    }

    /** How many elements are open. */
    int depth() {
        return opened.size();
    }

    /** Closes what was opened since there were so many. */
    Markup closeTo(int depth) {
        while (opened.size() > depth) {
            close();
        }
        return this;
    }

    /** What was built since the last time, for a page that is sent in parts. */
    String taken() {
        String part = out.toString();
        out.setLength(0);
        return part;
    }

    /** The whole, when everything is closed. */
    @Override
    public String toString() {
        if (!opened.isEmpty()) {
            throw new IllegalStateException("Not closed: " + opened);
        }
        return out.toString();
    }

    private void start(String name, String... attributes) {
        out.append('<').append(checked(name));
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                attribute(attributes[i], attributes[i + 1]);
            }
        }
    }

    private void attribute(String name, String value) {
        if (checked(name).startsWith("on") || REFUSED.contains(name)) {
            throw new IllegalArgumentException("The attribute " + name + " is not for this page");
        }
        if (LINKS.contains(name) && !value.startsWith("?") && !value.startsWith("#")) {
            throw new IllegalArgumentException("A link of the page must lead to the page");
        }
        out.append(' ').append(name).append("=\"");
        EscapedText.append(SuspiciousText.visible(value), out);
        out.append('"');
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("No name of an element or attribute: " + name);
        }
        return name;
    }
}
