package io.mcpaccess.registry.map;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.openfga.OpenFgaBackend;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.SnapshotSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * What the registry knows of the engine that it belongs to.
 *
 * @param backend the store that decides; not closed by the registry
 * @param access how tools are named in permissions, and which layers are asked
 * @param mapping which relation stands for a tool call
 * @param explainer says why the store answers as it does
 * @param snapshots takes the store as it is, to try changes out on
 */
public record EngineView(
        OpenFgaBackend backend,
        AccessSettings access,
        CheckMapping mapping,
        Explainer explainer,
        SnapshotSource snapshots) {

    /** Says why a store answers as it does. */
    @FunctionalInterface
    public interface Explainer {

        /**
         * Explains an answer.
         *
         * @param question what was asked
         * @return JSON as maps and lists: {@code allowed}, {@code reason_code}, {@code text} and what the evaluator says besides;
         *     fails where the store cannot be explained
         */
        CompletionStage<Map<String, Object>> explain(PermissionQuestion question);
    }

    /** Nothing is null. */
    public EngineView {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(explainer, "explainer");
        Objects.requireNonNull(snapshots, "snapshots");
    }
}
