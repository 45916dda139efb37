package io.mcpaccess.openfga.embedded.evaluation;

import java.util.List;

/** A relation of an object taken apart one level deep (OpenFGA, Expand). Conditions are not evaluated. */
public sealed interface UsersetTree {

    /**
     * What is taken apart.
     *
     * @return {@code type:id#relation}
     */
    String name();

    /**
     * The users that tuples name.
     *
     * @param name what is taken apart
     * @param users in OpenFGA's text form, sorted
     */
    record Users(String name, List<String> users) implements UsersetTree {
        public Users {
            users = List.copyOf(users);
        }
    }

    /**
     * Another relation of the same object.
     *
     * @param name what is taken apart
     * @param userset {@code type:id#relation}
     */
    record Computed(String name, String userset) implements UsersetTree {}

    /**
     * A relation of related objects.
     *
     * @param name what is taken apart
     * @param tupleset the relation that leads to them, as {@code type:id#relation}
     * @param computed a userset for each
     */
    record TupleToUserset(String name, String tupleset, List<String> computed) implements UsersetTree {
        public TupleToUserset {
            computed = List.copyOf(computed);
        }
    }

    /**
     * Any operand.
     *
     * @param name what is taken apart
     * @param nodes the operands
     */
    record Union(String name, List<UsersetTree> nodes) implements UsersetTree {
        public Union {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * All operands.
     *
     * @param name what is taken apart
     * @param nodes the operands
     */
    record Intersection(String name, List<UsersetTree> nodes) implements UsersetTree {
        public Intersection {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * The base, but not the subtracted users.
     *
     * @param name what is taken apart
     * @param base who
     * @param subtract but not who
     */
    record Difference(String name, UsersetTree base, UsersetTree subtract) implements UsersetTree {}
}
