package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * An attribute as a part of an expression.
 *
 * @param attribute the attribute
 */
record AttributeNode(Attribute attribute) implements Part {

    @Override
    public long id() {
        return attribute.id();
    }

    @Override
    public Object evaluate(LoopScope scope) {
        Object value = attribute.resolve(scope);
        attribute.count(scope.cost());
        return scope.cost().push(attribute.id(), value);
    }
}
