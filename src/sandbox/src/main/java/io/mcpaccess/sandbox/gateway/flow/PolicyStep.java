package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.gravitee.policy.api.PolicyChain;
import io.gravitee.policy.api.annotations.OnRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * One policy of a flow, ready to run: AM calls the method with {@code @OnRequest} at every extension point and fills its
 * parameters by type.
 *
 * @param policy the policy's id
 * @param conditions expressions that must all hold
 * @param instance the policy object
 * @param method its method
 */
record PolicyStep(String policy, List<String> conditions, Object instance, Method method) {
    static Method onRequest(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(OnRequest.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type.getName() + " has no method with @OnRequest"));
    }

    /** Whether the step runs; a condition that cannot be evaluated skips it, as in AM. */
    boolean applies(ExecutionContext context) {
        return conditions.stream()
                .allMatch(condition -> Boolean.parseBoolean(String.valueOf(Expressions.value(condition, context))));
    }

    void invoke(PolicyChain chain, ExecutionContext context) throws Throwable {
        List<Object> known = List.of(chain, context.request(), context.response(), context);
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> argument(type, known))
                .toArray();
        try {
            method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object argument(Class<?> type, List<Object> known) {
        if (type == PolicyChain.class) {
            return known.get(0);
        }
        if (type == Request.class) {
            return known.get(1);
        }
        if (type == Response.class) {
            return known.get(2);
        }
        return type == ExecutionContext.class ? known.get(3) : null;
    }
}
