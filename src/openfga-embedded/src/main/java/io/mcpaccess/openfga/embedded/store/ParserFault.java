package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says for a person what is wrong with a file of YAML or JSON; the parser's own words speak of tokens. */
final class ParserFault {

    private static final Pattern TWICE = Pattern.compile("Duplicate field '([a-z_]+)'");
    private static final Pattern INDENTED_BY_TAB = Pattern.compile(" *\\t.*");

    private ParserFault() {}

    /**
     * The fault.
     *
     * @param file the file's name
     * @param text what it holds
     * @param names members that may be told even of a file that has not shown to be a store
     * @param e what the parser says
     */
    static StoreFileException of(String file, String text, List<String> names, JsonProcessingException e) {
        Place place = e.getLocation() == null
                ? Place.of(file)
                : new Place(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        if (twice.find()) {
            boolean isOwn = names.contains(twice.group(1));
            return new StoreFileException(
                    place, twice.group() + ": give it once", isOwn ? twice.group() : "a field stands twice here");
        }
        if (!file.endsWith(".yaml") && !file.endsWith(".yml")) {
            return new StoreFileException(place, "this is not JSON: look for a comma, quote or bracket here");
        }
        int tab = lineIndentedByTab(text, place.line());
        if (tab > 0) {
            return new StoreFileException(
                    new Place(file, tab, 0), "a tab stands before the text; YAML is indented with spaces alone");
        }
        return new StoreFileException(
                place,
                "this is not YAML: look at indentation, quotes, colons and brackets here and in the lines before");
    }

    /** The parser tells the token before the tab, or the one behind it. */
    private static int lineIndentedByTab(String text, int near) {
        List<String> lines = text.lines().toList();
        for (int line = Math.max(1, near - 1); line <= lines.size() && line <= near + 1; line++) {
            if (INDENTED_BY_TAB.matcher(lines.get(line - 1)).matches()) {
                return line;
            }
        }
        return 0;
    }
}
