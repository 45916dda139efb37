package io.mcpaccess.openfga.embedded.condition.cel;

import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Expr;

/**
 * Puts a null that stands left of {@code ==} or {@code !=} on the right. cel-go lets a null stand beside a time or an address
 * on either side, the type checker here on the right alone. Which side is which makes no difference to what comes out.
 */
final class NullOperands {

    private NullOperands() {}

    static Expr toTheRight(Expr expression) {
        return switch (expression.getExprKindCase()) {
            case CALL_EXPR -> call(expression);
            case SELECT_EXPR -> {
                Expr.Builder changed = expression.toBuilder();
                changed.getSelectExprBuilder()
                        .setOperand(toTheRight(expression.getSelectExpr().getOperand()));
                yield changed.build();
            }
            case LIST_EXPR -> {
                Expr.Builder changed = expression.toBuilder();
                Expr.CreateList.Builder list = changed.getListExprBuilder();
                for (int i = 0; i < list.getElementsCount(); i++) {
                    list.setElements(i, toTheRight(list.getElements(i)));
                }
                yield changed.build();
            }
            case STRUCT_EXPR -> {
                Expr.Builder changed = expression.toBuilder();
                for (Expr.CreateStruct.Entry.Builder entry :
                        changed.getStructExprBuilder().getEntriesBuilderList()) {
                    entry.setValue(toTheRight(entry.getValue()));
                }
                yield changed.build();
            }
            case COMPREHENSION_EXPR -> loop(expression);
            default -> expression;
        };
    }

    private static Expr call(Expr expression) {
        Expr.Builder changed = expression.toBuilder();
        Expr.Call.Builder call = changed.getCallExprBuilder();
        if (call.hasTarget()) {
            call.setTarget(toTheRight(call.getTarget()));
        }
        for (int i = 0; i < call.getArgsCount(); i++) {
            call.setArgs(i, toTheRight(call.getArgs(i)));
        }
        boolean compares =
                call.getFunction().equals("_==_") || call.getFunction().equals("_!=_");
        if (compares && mayBeNull(call.getArgs(0)) && !mayBeNull(call.getArgs(1))) {
            Expr left = call.getArgs(0);
            call.setArgs(0, call.getArgs(1)).setArgs(1, left);
        }
        return changed.build();
    }

    private static boolean mayBeNull(Expr expression) {
        return switch (expression.getExprKindCase()) {
            case CONST_EXPR -> expression.getConstExpr().hasNullValue();
            case LIST_EXPR ->
                expression.getListExpr().getElementsList().stream().anyMatch(NullOperands::mayBeNull);
            case STRUCT_EXPR ->
                expression.getStructExpr().getEntriesList().stream().anyMatch(entry -> mayBeNull(entry.getValue()));
            case SELECT_EXPR -> mayBeNull(expression.getSelectExpr().getOperand());
            case CALL_EXPR -> mayBeNull(expression.getCallExpr());
            default -> false;
        };
    }

    private static boolean mayBeNull(Expr.Call call) {
        return switch (call.getFunction()) {
            case "_?_:_" -> mayBeNull(call.getArgs(1)) || mayBeNull(call.getArgs(2));
            case "_[_]" -> mayBeNull(call.getArgs(0));
            default -> false;
        };
    }

    private static Expr loop(Expr expression) {
        Expr.Builder changed = expression.toBuilder();
        Expr.Comprehension.Builder loop = changed.getComprehensionExprBuilder();
        loop.setIterRange(toTheRight(loop.getIterRange()))
                .setLoopStep(toTheRight(loop.getLoopStep()))
                .setResult(toTheRight(loop.getResult()));
        return changed.build();
    }
}
