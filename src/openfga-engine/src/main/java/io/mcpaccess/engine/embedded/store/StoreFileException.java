package io.mcpaccess.engine.embedded.store;

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
        super(place + ": " + message);
        this.place = place;
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

        /** Such as {@code store.fga.yaml:12:5}, which editors understand. */
        @Override
        public String toString() {
            return file + (line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column));
        }
    }
}
