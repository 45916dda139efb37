package io.mcpaccess.engine.registry;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.openfga.CheckMapping;
import io.mcpaccess.engine.backend.OpenFgaBackend;
import java.util.Objects;

/**
 * What the registry knows of the engine that it belongs to.
 *
 * @param backend the store that decides; not closed by the registry
 * @param access how tools are named in permissions, and which layers are asked
 * @param mapping which relation stands for a tool call
 */
public record EngineView(OpenFgaBackend backend, AccessSettings access, CheckMapping mapping) {

    /** Nothing is null. */
    public EngineView {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mapping, "mapping");
    }
}
