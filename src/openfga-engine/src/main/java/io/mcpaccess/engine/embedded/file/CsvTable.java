package io.mcpaccess.engine.embedded.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CSV file (RFC 4180, one record a line) whose first line names the columns. */
final class CsvTable {

    private static final List<String> COLUMNS = List.of(
            "user_type",
            "user_id",
            "user_relation",
            "relation",
            "object_type",
            "object_id",
            "condition_name",
            "condition_context");

    private final Path file;
    private final List<String> columns;
    private final List<Row> rows;

    private CsvTable(Path file, List<String> columns, List<Row> rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    record Row(int line, String text, List<String> values) {}

    static CsvTable read(Path file) {
        List<Row> rows = new ArrayList<>();
        List<String> lines = YamlDocument.text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(new Row(i + 1, lines.get(i), values(lines.get(i))));
            }
        }
        List<String> columns = rows.isEmpty() ? List.of() : rows.get(0).values();
        CsvTable table = new CsvTable(file, columns, rows.isEmpty() ? rows : rows.subList(1, rows.size()));
        columns.stream().filter(column -> !COLUMNS.contains(column)).findFirst().ifPresent(column -> {
            throw table.fault(
                    rows.get(0),
                    "there is no column '" + column + "'",
                    "The columns are " + String.join(", ", COLUMNS));
        });
        table.rows.stream()
                .filter(row -> row.values().size() != columns.size())
                .findFirst()
                .ifPresent(row -> {
                    throw table.fault(
                            row,
                            "the line has " + row.values().size() + " values, and the first line names "
                                    + columns.size() + " columns",
                            "Give each column a value, which may be empty");
                });
        return table;
    }

    List<Row> rows() {
        return rows;
    }

    String value(Row row, String column) {
        String value = optional(row, column);
        if (value.isEmpty()) {
            throw fault(row, "the tuple has no " + column, "Fill the column in");
        }
        return value;
    }

    String optional(Row row, String column) {
        int at = columns.indexOf(column);
        return at < 0 ? "" : row.values().get(at);
    }

    StoreFileException fault(Row row, String problem, String remedy) {
        return new StoreFileException(file, row.line(), 0, row.text(), problem, remedy);
    }

    private static List<String> values(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                value.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }
}
