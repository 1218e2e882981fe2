package org.rapport.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rapport.access.Caller.Role;
import org.rapport.access.Scope.Permission;

/**
 * Who may do what with one resource type, at the widest. Scopes and, for records, the patient narrow it further. The rules
 * are a table, {@code access-rules.txt}.
 *
 * @param rights what each role may do; a role that is not named may do nothing
 * @param recordLink what ties a resource to a patient's record; empty for a type that belongs to nobody's record and is
 *     the same for everybody who may see it, and for one that others tell the record of
 * @param toldByOthers whether a resource says nothing of whose it is itself: a file belongs to the records of the documents
 *     that name it, a document to those of its entries
 */
public record TypeRule(Map<Role, Set<Permission>> rights, Optional<RecordLink> recordLink, boolean toldByOthers) {

    /**
     * The one tie between a type and a patient's record. Searches are narrowed and single resources are measured by the
     * same tie, so that neither can tell what the other refuses.
     *
     * @param parameter search parameter that finds a patient's resources
     * @param path elements that hold the references, from the resource down, and on in what another reference names; empty
     *     where the resource is the patient
     */
    public record RecordLink(String parameter, String path) {}

    private static final TypeRule CLOSED = new TypeRule(Map.of(), Optional.empty(), false);
    private static final Map<String, TypeRule> RULES = TypeRuleTable.read();

    /** Keeps its own copy of the rights. */
    public TypeRule {
        rights = Map.copyOf(rights);
    }

    /** The rule for a type; a type nobody decided about is closed. */
    public static TypeRule of(String type) {
        return RULES.getOrDefault(type, CLOSED);
    }

    /** The types somebody decided to open, at least for somebody. */
    public static Set<String> openTypes() {
        return RULES.keySet();
    }

    /** Whether a resource belongs to records by what it says, and is labelled by that when it is written. */
    public boolean labelled() {
        return recordLink.isPresent();
    }

    /** Whether the type belongs to nobody's record. */
    public boolean shared() {
        return recordLink.isEmpty() && !toldByOthers;
    }

    /** What a role may do, where scopes and records allow it too. */
    public Set<Permission> allowed(Role role) {
        return rights.getOrDefault(role, Set.of());
    }
}
