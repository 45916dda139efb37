package io.mcpaccess.amctl.calltest;

import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;

/** A file of tests that cannot be used as it is. The message begins with the place and says what to do. */
public final class TestFileFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    TestFileFault(Place place, String message) {
        super(place + ": " + message);
        this.place = place;
    }

    /**
     * Where the fault is.
     *
     * @return the file as it is seen from the file of tests, line and column
     */
    public Place place() {
        return place;
    }
}
