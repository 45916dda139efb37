package io.mcpaccess.openfga;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Asks a store whether users have relations. Neither method blocks, and neither stage completes exceptionally: what went wrong is a
 * {@link CheckResult}.
 */
public interface PermissionChecks {

    /**
     * Asks whether a user has a relation to an object.
     *
     * @param question what is asked; identifiers are already encoded
     * @param call what travels with the call, such as its trace
     * @return the answer; an allow only when the store said so without doubt
     */
    default CompletionStage<CheckResult> check(PermissionQuestion question, CallContext call) {
        return checkAll(List.of(question), call).thenApply(answers -> answers.get(0));
    }

    /**
     * Asks several questions of one authorization model and, as far as the store can, of one revision of its tuples.
     *
     * @param questions any number of questions, none of them null; the implementation splits them as it needs
     * @param call what travels with the call
     * @return as many answers as questions, in their order; one that could not be answered is {@code Unavailable} and
     *     does not spoil the others
     */
    CompletionStage<List<CheckResult>> checkAll(List<PermissionQuestion> questions, CallContext call);
}
