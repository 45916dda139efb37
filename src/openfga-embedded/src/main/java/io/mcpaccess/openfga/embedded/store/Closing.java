package io.mcpaccess.openfga.embedded.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes files that are given up anyway. */
final class Closing {

    private static final Logger LOGGER = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOGGER.warn("A file of a store was not closed: {}", e.getMessage());
        }
    }
}
