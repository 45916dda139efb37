package io.gravitee.am.common.plugin;

import java.io.Closeable;
import java.io.IOException;

/**
 * The instance behind a plugin. AM calls close() without stop() after a validation, so both must free resources.
 */
public interface AmPluginProvider extends Closeable {
    default ValidationResult validate() {
        return ValidationResult.SUCCEEDED;
    }

    default void unregister() {}

    @Override
    default void close() throws IOException {
        unregister();
    }
}
