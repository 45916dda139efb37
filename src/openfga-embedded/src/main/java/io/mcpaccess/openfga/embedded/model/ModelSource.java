package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a model in the modelling language, and where its definitions stand in it. */
public final class ModelSource {

    private static final Pattern TYPE = Pattern.compile("^\\s*(?:extend\\s+)?type\\s+(\\S+)\\s*(?:#.*)?$");
    private static final Pattern RELATION = Pattern.compile("^\\s*define\\s+([^:\\s]+)\\s*:.*$");
    private static final Pattern CONDITION = Pattern.compile("^\\s*condition\\s+([^(\\s]+)\\s*\\(.*$");

    private final List<String> lines;
    private final Map<String, Integer> places;

    private ModelSource(List<String> lines, Map<String, Integer> places) {
        this.lines = lines;
        this.places = places;
    }

    /**
     * Finds the definitions in a model's text.
     *
     * @param dsl the model in the modelling language
     * @return its lines and places
     */
    public static ModelSource of(String dsl) {
        List<String> lines = dsl.lines().toList();
        Map<String, Integer> places = new HashMap<>();
        String type = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = TYPE.matcher(lines.get(i));
            if (matcher.matches()) {
                type = matcher.group(1);
                places.putIfAbsent(type, i + 1);
            } else if ((matcher = RELATION.matcher(lines.get(i))).matches()) {
                places.putIfAbsent(type + "#" + matcher.group(1), i + 1);
            } else if ((matcher = CONDITION.matcher(lines.get(i))).matches()) {
                places.putIfAbsent("condition " + matcher.group(1), i + 1);
            }
        }
        return new ModelSource(lines, places);
    }

    /**
     * Where a relation is defined.
     *
     * @param type a type's name
     * @param relation a relation's name
     * @return the line, or empty when the text has no such definition
     */
    public Optional<ModelLine> relation(String type, String relation) {
        return line(type + "#" + relation);
    }

    /**
     * Where a condition is defined.
     *
     * @param name a condition's name
     * @return the line, or empty when the text has no such definition
     */
    public Optional<ModelLine> condition(String name) {
        return line("condition " + name);
    }

    /**
     * Where a type is defined.
     *
     * @param name a type's name
     * @return the line, or empty when the text has no such definition
     */
    public Optional<ModelLine> type(String name) {
        return line(name);
    }

    /**
     * The fault of a condition's expression, where it is in the model.
     *
     * @param condition the condition's name
     * @param line of the expression, counted from 1; 0 for the whole of it
     * @param column in that line, counted from 1
     * @param reason what is wrong
     * @return the fault with its place in this text; where the text has no such condition, the message says the place
     */
    Fault ofExpression(String condition, int line, int column, String reason) {
        Optional<ModelLine> head = condition(condition);
        String named = "in condition '" + condition + "'";
        if (head.isEmpty()) {
            String place = line == 0 ? "" : ", line " + line + ", column " + column + " of its expression";
            return new Fault(0, 0, named + place + ": " + reason);
        }
        int row = head.get().number();
        int start = lines.get(row - 1).indexOf('{') + 1;
        while (row < lines.size()
                && (start == 0 || lines.get(row - 1).substring(start).isBlank())) {
            start = start == 0 ? lines.get(row).indexOf('{') + 1 : 0;
            row++;
            if (start == 0 && !lines.get(row - 1).isBlank()) {
                break;
            }
        }
        String first = lines.get(row - 1).substring(start);
        int indent = start + first.length() - first.stripLeading().length();
        return line <= 1
                ? new Fault(row, indent + Math.max(column, 1), named + ": " + reason)
                : new Fault(row + line - 1, column, named + ": " + reason);
    }

    /**
     * The whole text.
     *
     * @return its lines, without line ends
     */
    public List<String> lines() {
        return lines;
    }

    private Optional<ModelLine> line(String place) {
        return Optional.ofNullable(places.get(place))
                .map(number -> new ModelLine(number, lines.get(number - 1).strip()));
    }
}
