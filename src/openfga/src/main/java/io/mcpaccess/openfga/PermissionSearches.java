package io.mcpaccess.openfga;

import java.util.concurrent.CompletionStage;

/** Asks a store for all objects, or all users, of a relation. Neither method blocks; stages fail with a {@link BackendException} alone. */
public interface PermissionSearches {

    /**
     * Finds the objects of a type to which a user has a relation (OpenFGA's ListObjects).
     *
     * @param query user, relation and type
     * @param call what travels with the call
     * @return the objects found, and whether there may be more; nothing is found when the model has no such type or
     *     relation, as then nothing would be allowed
     */
    CompletionStage<FoundObjects> listObjects(ObjectsQuery query, CallContext call);

    /**
     * Finds the users of a type who have a relation to an object (OpenFGA's ListUsers).
     *
     * @param query object, relation and the type of users
     * @param call what travels with the call
     * @return the users found, whether everyone of the type is among them, and whether there may be more; nobody is
     *     found when the model has no such type or relation
     */
    CompletionStage<FoundUsers> listUsers(UsersQuery query, CallContext call);
}
