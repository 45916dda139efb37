package io.mcpaccess.openfga.embedded.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes models in modules at random; many of them have a fault of their files, or a line that was lost or doubled. */
final class RandomModules {

    private static final List<String> TYPES = List.of("doc", "folder", "group", "team");
    private static final List<String> RELATIONS = List.of("reader", "writer", "owner", "type", "module");
    private static final List<String> NAMES =
            List.of("core", "tools", "a-b", "x_1", "module", "type", "core", "tools", "parts", "9");
    private static final List<String> REMARKS = List.of("# all of it", "    # more", "", "", "   ", "#");

    private final Random random;

    RandomModules(Random random) {
        this.random = random;
    }

    /** The files of the next model with their texts, in order. */
    Map<String, String> next() {
        List<List<String>> files = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            files.add(file(i));
        }
        while (random.nextInt(4) == 0) {
            slip(files.get(random.nextInt(count)));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String end = random.nextInt(20) == 0 ? "\r\n" : "\n";
            texts.put("m" + i + ".fga", String.join(end, files.get(i)) + (random.nextInt(10) == 0 ? "" : end));
        }
        return texts;
    }

    private List<String> file(int number) {
        List<String> lines = new ArrayList<>();
        while (random.nextInt(4) == 0) {
            lines.add(one(REMARKS).strip());
        }
        lines.add("module " + one(NAMES) + (random.nextInt(10) == 0 ? " # its own" : ""));
        lines.add("");
        if (number == 0 || random.nextInt(8) == 0) {
            lines.add("type user");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            type(lines);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            condition(lines);
        }
        return lines;
    }

    private void type(List<String> lines) {
        lines.add((random.nextInt(4) == 0 ? "extend " : "") + "type " + one(TYPES));
        int relations = random.nextInt(3);
        if (relations > 0 || random.nextInt(10) == 0) {
            lines.add("  relations");
        }
        for (int i = 0; i < relations; i++) {
            if (random.nextInt(8) == 0) {
                lines.add(one(REMARKS));
            }
            lines.add("    define " + one(RELATIONS) + ": "
                    + switch (random.nextInt(4)) {
                        case 0 -> "[user, user:*]";
                        case 1 -> "[user with ok] # if";
                        case 2 -> "[user] or " + one(RELATIONS);
                        default -> "[user]";
                    });
        }
    }

    private void condition(List<String> lines) {
        lines.add("condition " + (random.nextInt(3) != 0 ? "c" + random.nextInt(99) : "ok") + "(x: int, y: string) {");
        lines.add(random.nextInt(3) == 0 ? "  x > 1 && y != 'type doc'" : "  x > 1 // 1");
        lines.add("}");
    }

    /** A slip of the pen: a line is lost, doubled, moved to another place, or indented in another way. */
    private void slip(List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(7)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(random.nextInt(lines.size()), line);
            case 3 -> lines.set(at, " ".repeat(random.nextInt(5)) + line.strip());
            case 4 -> lines.set(at, line + one(List.of("  ", " # end", "#", " more")));
            case 5 -> lines.set(at, line.replaceFirst(" ", one(List.of("  ", "\t", ""))));
            default ->
                lines.add(
                        at,
                        one(List.of(
                                "model",
                                "  schema 1.1",
                                "relations",
                                "type",
                                "module more",
                                "extend",
                                "define reader: [user]",
                                "}",
                                "condition")));
        }
        if (lines.isEmpty()) {
            lines.add("");
        }
    }

    private String one(List<String> options) {
        return options.get(random.nextInt(options.size()));
    }
}
