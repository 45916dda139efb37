package io.mcpaccess.engine.embedded.file;

import java.nio.file.Path;

/** A store file that cannot be used. The message says where, what is wrong and what would be right. */
public final class StoreFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final int line;
    private final int column;

    /**
     * A fault of a store file.
     *
     * @param file the file
     * @param line counted from 1; 0 when the file as a whole is meant
     * @param column counted from 1; 0 when the line as a whole is meant
     * @param text the line; empty when there is none
     * @param problem what is wrong
     * @param remedy what would be right
     */
    public StoreFileException(Path file, int line, int column, String text, String problem, String remedy) {
        super(message(file, line, column, text, problem, remedy));
        this.file = file;
        this.line = line;
        this.column = column;
    }

    private static String message(Path file, int line, int column, String text, String problem, String remedy) {
        StringBuilder message = new StringBuilder(file.toString());
        if (line > 0) {
            message.append(", line ").append(line);
        }
        if (column > 0) {
            message.append(", column ").append(column);
        }
        message.append(": ").append(problem);
        if (!remedy.isEmpty()) {
            message.append(". ").append(remedy);
        }
        if (!text.isBlank()) {
            message.append("\n    ").append(text.strip());
        }
        return message.toString();
    }

    /**
     * The file.
     *
     * @return its path as it was given
     */
    public Path file() {
        return file;
    }

    /**
     * The line.
     *
     * @return counted from 1; 0 when the file as a whole is meant
     */
    public int line() {
        return line;
    }

    /**
     * The column.
     *
     * @return counted from 1; 0 when the line as a whole is meant
     */
    public int column() {
        return column;
    }
}
