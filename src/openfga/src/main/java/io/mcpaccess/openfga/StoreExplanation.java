package io.mcpaccess.openfga;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Says why a store answers as it does. */
@FunctionalInterface
public interface StoreExplanation {

    /**
     * Explains a check.
     *
     * @param question what is asked; identifiers are already encoded
     * @return the explanation as JSON, {@code answer}, {@code complete} and {@code text} among its members; never blocks, fails with a
     *     {@link BackendException} alone
     */
    CompletionStage<Map<String, Object>> explain(PermissionQuestion question);
}
