package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a test of a store file expects of one question. */
public sealed interface Assertion {

    /**
     * Where it stands.
     *
     * @return file, line and column
     */
    Place place();

    /**
     * The question, for a person.
     *
     * @return such as {@code user:alice can_call tool:pay} of a check, {@code user:alice can_call tool} of a search for objects and
     *     {@code tool:pay can_call user} of one for users; without the context
     */
    String question();

    /**
     * A user has a relation to an object, or has not.
     *
     * @param request the question
     * @param expected whether the user shall have it
     * @param place where it stands
     */
    record OfCheck(CheckRequest request, boolean expected, Place place) implements Assertion {
        public OfCheck {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(place, "place");
        }

        @Override
        public String question() {
            return request.tuple().user() + " " + request.tuple().relation() + " "
                    + request.tuple().object();
        }
    }

    /**
     * The objects of a type to which a user has a relation: these and no others.
     *
     * @param user the user
     * @param relation the relation
     * @param type the type of the objects
     * @param context values for conditions
     * @param expected the objects, as {@code type:id}; their order does not count
     * @param place where it stands
     */
    record OfObjects(
            String user, String relation, String type, Map<String, Object> context, List<String> expected, Place place)
            implements Assertion {
        public OfObjects {
            context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
            expected = List.copyOf(expected);
            Objects.requireNonNull(place, "place");
        }

        @Override
        public String question() {
            return user + " " + relation + " " + type;
        }
    }

    /**
     * The users who have a relation to an object: these and no others.
     *
     * @param object the object
     * @param relation the relation
     * @param filter the type of the users, or {@code type#relation} for usersets
     * @param context values for conditions
     * @param expected the users, as {@code type:id}, {@code type:*} or {@code type:id#relation}; their order does not count
     * @param place where it stands
     */
    record OfUsers(
            String object,
            String relation,
            String filter,
            Map<String, Object> context,
            List<String> expected,
            Place place)
            implements Assertion {
        public OfUsers {
            context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
            expected = List.copyOf(expected);
            Objects.requireNonNull(place, "place");
        }

        @Override
        public String question() {
            return object + " " + relation + " " + filter;
        }
    }
}
