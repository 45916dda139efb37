package io.mcpaccess.openfga.embedded.store;

import java.io.IOException;

/** A store file, or a file that it names, that cannot be used as it is. */
public final class StoreFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Place place;

    /**
     * A fault in a file.
     *
     * @param place where it is
     * @param message what is wrong and what to do
     */
    StoreFileException(Place place, String message) {
        this(place, place + ": " + message, null);
    }

    private StoreFileException(Place place, String text, StoreFileException cause) {
        super(text, cause);
        this.place = place;
    }

    /** The same fault with the line of the file that it is in. */
    StoreFileException showing(String line) {
        return line.isBlank() ? this : new StoreFileException(place, getMessage() + "\n    " + line.strip(), this);
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
