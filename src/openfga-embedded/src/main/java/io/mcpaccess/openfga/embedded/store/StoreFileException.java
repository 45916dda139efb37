package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;

/** A store file, or a file that it names, that cannot be used as it is. */
public final class StoreFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String unquoted;

    /**
     * A fault in a file.
     *
     * @param place where it is
     * @param message what is wrong and what to do
     */
    StoreFileException(Place place, String message) {
        this(place, message, message);
    }

    /**
     * A fault whose message quotes the file.
     *
     * @param place where it is
     * @param message what is wrong and what to do
     * @param unquoted the same without a word of the file
     */
    StoreFileException(Place place, String message, String unquoted) {
        this(place, place + ": " + message, unquoted, null);
    }

    private StoreFileException(Place place, String text, String unquoted, StoreFileException cause) {
        super(text, cause);
        this.place = place;
        this.unquoted = unquoted;
    }

    /** The same fault with the line of the file that it is in. */
    StoreFileException showing(String line) {
        return line.isBlank()
                ? this
                : new StoreFileException(place, getMessage() + "\n    " + line.strip(), unquoted, this);
    }

    /** The same fault of a file that may be no store's: whoever named it need not have the right to read it. */
    StoreFileException withoutQuote() {
        return new StoreFileException(place, unquoted);
    }

    /**
     * Where the fault is.
     *
     * @return file, line and column
     */
    public Place place() {
        return place;
    }

    /**
     * A place in a file.
     *
     * @param file its name in the store's directory
     * @param line counted from 1; 0 when the fault is in no line
     * @param column counted from 1; 0 when it is not known
     */
    public record Place(String file, int line, int column) {

        static Place of(String file) {
            return new Place(file, 0, 0);
        }

        /** Such as {@code store.fga.yaml, line 12, column 5}. */
        @Override
        public String toString() {
            return file + (line == 0 ? "" : ", line " + line + (column == 0 ? "" : ", column " + column));
        }
    }
}
