package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.CheckedExpr;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Decl;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Decl.FunctionDecl.Overload;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Expr;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Reference;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Type;

/**
 * The order of numbers of two types, such as {@code 1.5 > 1}. cel-go refuses it where a model is written, but for what stands
 * inside a macro: there its type checker has forgotten that it is to be refused (0.31, {@code Env.enterScope}).
 */
final class MixedNumbers {

    private static final Map<String, String> OPERATORS =
            Map.of("_<_", "less", "_<=_", "less_equals", "_>_", "greater", "_>=_", "greater_equals");
    private static final Map<String, Type> NUMBERS =
            Map.of("int64", Decls.Int, "uint64", Decls.Uint, "double", Decls.Double);

    private final CheckedExpr checked;

    private MixedNumbers(CheckedExpr checked) {
        this.checked = checked;
    }

    /** Whether a function is one of those that put numbers in order. */
    static boolean isOrder(Decl function) {
        return OPERATORS.containsKey(function.getName());
    }

    /** The same function for numbers of two types as well. */
    static Decl extended(Decl function) {
        List<Overload> overloads = new ArrayList<>(function.getFunction().getOverloadsList());
        NUMBERS.forEach((left, one) -> NUMBERS.forEach((right, other) -> {
            if (!left.equals(right)) {
                overloads.add(Decls.newOverload(
                        OPERATORS.get(function.getName()) + "_" + left + "_" + right, List.of(one, other), Decls.Bool));
            }
        }));
        return Decls.newFunction(function.getName(), overloads);
    }

    /**
     * Refuses it outside of macros.
     *
     * @throws InvalidExpressionException where numbers of two types are put in order
     */
    static void check(CheckedExpr checked) {
        new MixedNumbers(checked).check(checked.getExpr());
    }

    private void check(Expr expression) {
        switch (expression.getExprKindCase()) {
            case CALL_EXPR -> call(expression);
            case SELECT_EXPR -> check(expression.getSelectExpr().getOperand());
            case LIST_EXPR -> expression.getListExpr().getElementsList().forEach(this::check);
            case STRUCT_EXPR ->
                expression.getStructExpr().getEntriesList().forEach(entry -> {
                    check(entry.getMapKey());
                    check(entry.getValue());
                });
            case COMPREHENSION_EXPR -> check(expression.getComprehensionExpr().getIterRange());
            default -> {
                // Constants and names put nothing in order.
            }
        }
    }

    private void call(Expr expression) {
        Expr.Call call = expression.getCallExpr();
        if (OPERATORS.containsKey(call.getFunction())) {
            Reference reference = checked.getReferenceMapMap().get(expression.getId());
            if (reference != null
                    && reference.getOverloadIdCount() > 0
                    && reference.getOverloadIdList().stream().allMatch(MixedNumbers::isMixed)) {
                throw refused(expression, reference.getOverloadId(0));
            }
        }
        Stream.concat(Stream.of(call.getTarget()).filter(target -> call.hasTarget()), call.getArgsList().stream())
                .forEach(this::check);
    }

    private InvalidExpressionException refused(Expr expression, String overload) {
        String operator = expression.getCallExpr().getFunction().replace("_", "");
        String[] types = types(overload).toArray(String[]::new);
        int offset = checked.getSourceInfo().getPositionsOrDefault(expression.getId(), 0);
        int line = 1;
        int start = 0;
        for (int end : checked.getSourceInfo().getLineOffsetsList()) {
            if (end <= offset) {
                line++;
                start = end;
            }
        }
        return new InvalidExpressionException(
                line, offset - start + 1, "'" + operator + "' does not take (" + types[0] + ", " + types[1] + ")");
    }

    private static boolean isMixed(String overload) {
        return types(overload).size() == 2;
    }

    /** The types of numbers in an overload's name: two where they differ, one or none elsewhere. */
    private static List<String> types(String overload) {
        return Stream.of(overload.split("_"))
                .filter(Set.of("int64", "uint64", "double")::contains)
                .map(type -> type.replace("64", ""))
                .toList();
    }
}
