package io.mcpaccess.core.authzen;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One access question (AuthZEN 1.0, section 6).
 *
 * @param subject who asks for access
 * @param action what the subject wants to do
 * @param resource what it is done to
 * @param context facts about the request itself; JSON values, never {@code null}, unmodifiable
 */
public record EvaluationRequest(Subject subject, Action action, Resource resource, Map<String, Object> context) {

    public EvaluationRequest {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(resource, "resource");
        context = FrozenObject.of(context);
    }

    /**
     * A question without context.
     *
     * @param subject who asks for access
     * @param action what the subject wants to do
     * @param resource what it is done to
     * @return the question
     */
    public static EvaluationRequest of(Subject subject, Action action, Resource resource) {
        return new EvaluationRequest(subject, action, resource, Map.of());
    }

    /**
     * The same question about another subject.
     *
     * @param other the other subject
     * @return a new question
     */
    public EvaluationRequest withSubject(Subject other) {
        return new EvaluationRequest(other, action, resource, context);
    }

    /**
     * The same question about another resource.
     *
     * @param other the other resource
     * @return a new question
     */
    public EvaluationRequest withResource(Resource other) {
        return new EvaluationRequest(subject, action, other, context);
    }

    /**
     * The same question without some members of its context.
     *
     * @param keys the members to leave out
     * @return a new question, or this one where it has none of them
     */
    public EvaluationRequest withoutContext(Set<String> keys) {
        Map<String, Object> rest = FrozenObject.without(context, keys);
        return rest == context ? this : new EvaluationRequest(subject, action, resource, rest);
    }

    /** Leaves the context out: it may hold an access token. */
    @Override
    public String toString() {
        return subject + " " + action + " " + resource;
    }
}
