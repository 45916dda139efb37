package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A model in modules (schema 1.2), its files joined into one text in the modelling language: what extends a type stands
 * behind that type's own relations. Each line is that of its file, so that a fault of the joined text has a place in it.
 *
 * <p>The rules are those of OpenFGA's tools: a file begins with {@code module NAME}; a type and a condition are defined
 * once; any other file may extend a type, once, and a type has each relation once.
 */
public final class ModularModel {

    private static final Pattern BEGINNING = Pattern.compile("\\s*((?:extend\\s+)?type|condition)\\s+([^\\s(#]+).*");
    private static final Pattern RELATIONS = Pattern.compile("\\s*relations\\s*(?:#.*)?");
    private static final Pattern RELATION = Pattern.compile("\\s*define\\s+([^:\\s]+)\\s*:.*");

    private final List<Line> lines = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    /**
     * A file of a model in modules.
     *
     * @param name as the list of files has it
     * @param text what stands in it
     */
    public record Part(String name, String text) {

        public Part {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A line of the joined text.
     *
     * @param part the name of the file that it comes from; empty for the two lines that begin every model
     * @param number its number there, counted from 1
     * @param text the line
     */
    public record Line(String part, int number, String text) {}

    /** A definition: its head and what follows until the next. */
    private record Block(String kind, String name, List<Line> lines) {

        boolean isType() {
            return kind.equals("type");
        }

        boolean isCondition() {
            return kind.equals("condition");
        }

        boolean isExtension() {
            return !isType() && !isCondition();
        }

        Line head() {
            return lines.get(0);
        }
    }

    private ModularModel() {}

    /**
     * Joins the files.
     *
     * @param parts in the order of the list
     * @return the joined text; its faults are told by {@link #check}
     */
    public static ModularModel of(List<Part> parts) {
        ModularModel model = new ModularModel();
        model.join(parts.stream().flatMap(model::blocks).toList());
        return model;
    }

    /**
     * Refuses files that cannot be joined.
     *
     * @throws InvalidModelException with lines of the joined text, see {@link #line}
     */
    public void check() {
        if (!faults.isEmpty()) {
            throw new InvalidModelException(faults);
        }
    }

    /**
     * The model as one text.
     *
     * @return the joined text, schema 1.2
     */
    public String text() {
        return String.join("\n", lines.stream().map(Line::text).toList()) + "\n";
    }

    /**
     * Where a line comes from.
     *
     * @param number of the joined text, counted from 1
     * @return the line of a file, empty for one that no file has
     */
    public Optional<Line> line(int number) {
        return number < 1 || number > lines.size()
                ? Optional.empty()
                : Optional.of(lines.get(number - 1)).filter(line -> !line.part().isEmpty());
    }

    private Stream<Block> blocks(Part part) {
        List<Block> found = new ArrayList<>();
        List<String> own = part.text().lines().toList();
        boolean hasModule = false;
        for (int i = 0; i < own.size(); i++) {
            Line line = new Line(part.name(), i + 1, own.get(i));
            boolean isSilent = ModuleLine.isSilent(line.text());
            if (!hasModule) {
                if (isSilent) {
                    continue;
                }
                hasModule = true;
                if (ModuleLine.of(line.text()).filter(ModuleLine::isWhole).isPresent()) {
                    continue;
                }
                fault(line, "a file of a model in modules begins with \"module NAME\"");
                return Stream.empty();
            }
            Matcher beginning = BEGINNING.matcher(line.text());
            if (beginning.matches()) {
                found.add(new Block(beginning.group(1), beginning.group(2), new ArrayList<>()));
            } else if (found.isEmpty()) {
                if (!isSilent) {
                    fault(line, "a type or a condition is expected here");
                }
                continue;
            }
            found.get(found.size() - 1).lines().add(line);
        }
        if (!hasModule) {
            fault(new Line(part.name(), 1, ""), "the file is empty; it begins with \"module NAME\"");
            return Stream.empty();
        }
        // Each file stands for itself: what is not complete in one is not completed by another.
        ModelNesting.refuse(part.text());
        SyntaxFaults.first(part.text()).ifPresent(fault -> {
            Line line =
                    new Line(part.name(), fault.line(), fault.line() <= own.size() ? own.get(fault.line() - 1) : "");
            lines.add(line);
            faults.add(new Fault(lines.size(), fault.column(), fault.message()));
        });
        return found.stream();
    }

    private void join(List<Block> blocks) {
        Map<String, List<Block>> extensions = new LinkedHashMap<>();
        blocks.stream()
                .filter(Block::isExtension)
                .forEach(block -> extensions
                        .computeIfAbsent(block.name(), name -> new ArrayList<>())
                        .add(block));
        Map<String, Line> heads = new HashMap<>();
        lines.add(new Line("", 0, "model"));
        lines.add(new Line("", 0, "  schema 1.2"));
        // The language has conditions behind all types.
        Stream.concat(blocks.stream().filter(Block::isType), blocks.stream().filter(Block::isCondition))
                .forEach(block -> {
                    Line first = heads.putIfAbsent(block.kind() + " " + block.name(), block.head());
                    if (first != null) {
                        fault(
                                block.head(),
                                block.kind() + " \"" + block.name() + "\" is defined already, " + in(first));
                    }
                    lines.addAll(block.lines());
                    if (block.isType() && first == null) {
                        extend(block, extensions.getOrDefault(block.name(), List.of()));
                    }
                });
        extensions.forEach((name, of) -> {
            if (!heads.containsKey("type " + name)) {
                fault(of.get(0).head(), "there is no type \"" + name + "\" to extend in any of the files");
            }
        });
    }

    private void extend(Block type, List<Block> extensions) {
        Map<String, Line> relations = new HashMap<>();
        boolean hasRelations = type.lines().stream()
                .anyMatch(line -> RELATIONS.matcher(line.text()).matches());
        type.lines().forEach(line -> unique(type, line, relations));
        Set<String> seen = new HashSet<>(Set.of(type.head().part()));
        for (Block extension : extensions) {
            if (!seen.add(extension.head().part())) {
                fault(
                        extension.head(),
                        "type \"" + type.name() + "\" is in this file already; put the relations there");
            }
            if (!hasRelations
                    && extension.lines().stream()
                            .anyMatch(line -> RELATION.matcher(line.text()).matches())) {
                hasRelations = true;
                Line head = extension.head();
                lines.add(new Line(head.part(), head.number(), "  relations"));
            }
            extension.lines().stream()
                    .skip(1)
                    .filter(line -> !RELATIONS.matcher(line.text()).matches())
                    .forEach(line -> {
                        unique(type, line, relations);
                        lines.add(line);
                    });
        }
    }

    private void unique(Block type, Line line, Map<String, Line> relations) {
        Matcher relation = RELATION.matcher(line.text());
        if (relation.matches()) {
            Line first = relations.putIfAbsent(relation.group(1), line);
            if (first != null) {
                fault(
                        line,
                        "relation \"" + relation.group(1) + "\" of type \"" + type.name() + "\" is defined already, "
                                + in(first));
            }
        }
    }

    /** The line of a fault need not be in the joined text: it is added, where it can be found again. */
    private void fault(Line line, String message) {
        lines.add(line);
        int indent = line.text().length() - line.text().stripLeading().length();
        faults.add(new Fault(lines.size(), indent + 1, message));
    }

    private static String in(Line line) {
        return line.part() + ", line " + line.number();
    }
}
