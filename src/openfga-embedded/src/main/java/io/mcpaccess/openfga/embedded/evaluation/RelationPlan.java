package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.model.RelationDefinition;
import io.mcpaccess.openfga.embedded.model.TypeRestriction;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.HashSet;
import java.util.Set;

/** A relation of a model, compiled. Immutable once its {@link ModelPlan} is built. */
public final class RelationPlan {

    /** In place of a userset's relation: the typed wildcard. */
    public static final int WILDCARD = -1;

    private final String typeName;
    private final RelationDefinition definition;
    private final int type;
    private final int relation;
    private final boolean tupleset;
    private final int[] directTypes;
    private final int[] directRelations;
    private final String[] directConditions;
    private final boolean anyUserset;
    private final Set<Long> reachable = new HashSet<>();
    private Rule rule;
    private boolean involvesSetOperators;
    private Set<Integer> recursiveFrom = Set.of();

    RelationPlan(String typeName, RelationDefinition definition, boolean tupleset, Symbols symbols) {
        this.typeName = typeName;
        this.definition = definition;
        this.tupleset = tupleset;
        type = symbols.intern(typeName);
        relation = symbols.intern(definition.name());
        int count = definition.directTypes().size();
        directTypes = new int[count];
        directRelations = new int[count];
        directConditions = new String[count];
        boolean usersets = false;
        for (int i = 0; i < count; i++) {
            TypeRestriction restriction = definition.directTypes().get(i);
            directTypes[i] = symbols.intern(restriction.type());
            directRelations[i] = restriction.wildcard()
                    ? WILDCARD
                    : restriction.relation().map(symbols::intern).orElse(Symbols.NONE);
            directConditions[i] = restriction.condition().orElse(null);
            usersets |= restriction.relation().isPresent();
        }
        anyUserset = usersets;
    }

    void setRule(Rule compiled) {
        rule = compiled;
    }

    void setInvolvesSetOperators(boolean involved) {
        involvesSetOperators = involved;
    }

    void setRecursiveFrom(Set<Integer> userTypes) {
        recursiveFrom = Set.copyOf(userTypes);
    }

    /**
     * Whether a circle of tuples of this relation is walked once and decided by the tuples, for plain users of a type.
     * Everywhere else a circle is a deny, also for an exclusion above it.
     *
     * @param userType the type's symbol
     * @return true if so
     */
    public boolean isRecursiveFrom(int userType) {
        return !recursiveFrom.isEmpty() && recursiveFrom.contains(userType);
    }

    /** Whether tuples may name plain users of a type, or all of them. */
    boolean acceptsPlain(int userType) {
        return accepts(userType, Symbols.NONE) || accepts(userType, WILDCARD);
    }

    void reachableFrom(int fromType, int fromRelation) {
        reachable.add(key(fromType, fromRelation));
    }

    private static long key(int type, int relation) {
        return (long) type << Integer.SIZE | relation & 0xFFFFFFFFL;
    }

    /**
     * The type's name.
     *
     * @return as in the model
     */
    public String typeName() {
        return typeName;
    }

    /**
     * The relation as the model defines it.
     *
     * @return never null
     */
    public RelationDefinition definition() {
        return definition;
    }

    /**
     * The type.
     *
     * @return a symbol
     */
    public int type() {
        return type;
    }

    /**
     * The relation.
     *
     * @return a symbol
     */
    public int relation() {
        return relation;
    }

    /**
     * The rule.
     *
     * @return never null
     */
    public Rule rule() {
        return rule;
    }

    /**
     * Whether rules follow this relation to other objects.
     *
     * @return then its tuples name plain objects alone
     */
    public boolean isTupleset() {
        return tupleset;
    }

    /** Whether an intersection or exclusion is anywhere below this relation. */
    boolean involvesSetOperators() {
        return involvesSetOperators;
    }

    /**
     * How many kinds of user tuples may name.
     *
     * @return the number of type restrictions
     */
    public int directCount() {
        return directTypes.length;
    }

    /**
     * The type of a kind of user.
     *
     * @param index from 0
     * @return a symbol
     */
    public int directType(int index) {
        return directTypes[index];
    }

    /**
     * The relation of a kind of user.
     *
     * @param index from 0
     * @return a symbol, {@link Symbols#NONE} or {@link #WILDCARD}
     */
    public int directRelation(int index) {
        return directRelations[index];
    }

    boolean hasUsersets() {
        return anyUserset;
    }

    /**
     * Whether any tuples could give this relation to such a user (OpenFGA answers no without looking otherwise).
     *
     * @param userType the user's type
     * @param userRelation the userset's relation, or {@link Symbols#NONE}
     * @return true if so
     */
    public boolean isReachableFrom(int userType, int userRelation) {
        return reachable.contains(key(userType, userRelation))
                || (userRelation == Symbols.NONE && reachable.contains(key(userType, WILDCARD)));
    }

    /**
     * Whether tuples may name such a user, leaving conditions aside.
     *
     * @param userType the user's type
     * @param userRelation the userset's relation, {@link Symbols#NONE} or {@link #WILDCARD}
     * @return true if so
     */
    public boolean accepts(int userType, int userRelation) {
        for (int i = 0; i < directTypes.length; i++) {
            if (directTypes[i] == userType && directRelations[i] == userRelation) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a tuple with or without a condition is right for a user that is accepted. OpenFGA compares a condition
     * by the user's type alone, and lets a plain type without condition stand for usersets of it: so does this.
     *
     * @param userType the user's type
     * @param userRelation the userset's relation, {@link Symbols#NONE} or {@link #WILDCARD}
     * @param condition the condition's name, or null
     * @return true if so
     */
    public boolean acceptsCondition(int userType, int userRelation, String condition) {
        for (int i = 0; i < directTypes.length; i++) {
            if (directTypes[i] != userType) {
                continue;
            }
            if (condition != null) {
                if (condition.equals(directConditions[i])) {
                    return true;
                }
            } else if (directConditions[i] == null) {
                boolean sameKind = directRelations[i] == Symbols.NONE
                        ? userRelation != WILDCARD
                        : directRelations[i] == userRelation;
                if (sameKind) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return typeName + "#" + definition.name();
    }
}
