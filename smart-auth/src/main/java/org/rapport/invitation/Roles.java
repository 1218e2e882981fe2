package org.rapport.invitation;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rapport.account.Role;

/** Reads roles back as invitations keep them. */
final class Roles {

    private Roles() {}

    static Set<Role> ofCodes(String codes) {
        return Arrays.stream(codes.split(" "))
                .map(Role::ofCode)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }
}
