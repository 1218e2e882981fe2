package org.rapport.export;

import java.util.Set;

/** Reads in the name of the requester what an export is made of, by the rights and consents of the moment. */
public interface ExportedRecords {

    /**
     * Whose records the export is about.
     *
     * @param held called from time to time
     * @return logical ids of patients
     * @throws ExportRefused when the requester has lost the right to them
     */
    Set<String> cohort(ExportJob job, Runnable held);

    /**
     * Reads the records of some of the patients.
     *
     * @param patients logical ids
     * @param output takes what is found
     */
    void read(ExportJob job, Set<String> patients, Output output);

    /** Takes the resources of a step. */
    interface Output {

        /** Says from time to time that the step goes on. */
        void held();

        /** Which of these patients the export is about. */
        Set<String> among(Set<String> patients);

        /** Takes a resource. */
        void add(Line line);
    }

    /**
     * A resource of an export.
     *
     * @param type resource type
     * @param patients logical ids of the patients whose records it belongs to
     * @param json the resource in one line
     */
    record Line(String type, Set<String> patients, String json) {

        /** Keeps its own copy of the patients. */
        public Line {
            patients = Set.copyOf(patients);
        }
    }
}
