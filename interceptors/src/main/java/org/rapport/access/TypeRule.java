package org.rapport.access;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.Scope.Permission;

/**
 * Who may do what with one resource type, at the widest. Scopes and, for records, the patient narrow it further.
 *
 * @param system what a client acting by itself may do
 * @param staff what clinicians and care managers may do
 * @param patient what patients may do, and those who act for them
 * @param recordLink what ties a resource to a patient's record; empty for a type that belongs to nobody's record and is
 *     the same for everybody who may see it
 */
public record TypeRule(
        Set<Permission> system, Set<Permission> staff, Set<Permission> patient, Optional<RecordLink> recordLink) {

    /**
     * The one tie between a type and a patient's record. Searches are narrowed and single resources are measured by the
     * same tie, so that neither can tell what the other refuses.
     *
     * @param parameter search parameter that finds a patient's resources
     * @param path elements that hold the references, from the resource down; empty where the resource is the patient
     */
    public record RecordLink(String parameter, String path) {}

    // Letters as in SMART scopes: c(reate) r(ead) u(pdate) d(elete) s(earch). A type that is not listed is closed to
    // everybody.
    private static final String TABLE = """
            # types                                              | system | staff | patient | parameter : path

            # the record: within a treating relation, or one's own; patients' own writing opens with author checks
            Patient                                              | cruds | rus   | rs | _id     :
            Account                                              | cruds | rs    | rs | patient : subject
            AdverseEvent                                         | cruds | crus  | -  | subject : subject
            AllergyIntolerance BodyStructure DetectedIssue       | cruds | crus  | rs | patient : patient
            Appointment                                          | cruds | crus  | rs | patient : participant.actor
            AppointmentResponse                                  | cruds | crus  | rs | patient : actor
            CarePlan CareTeam ClinicalImpression Communication   | cruds | crus  | rs | patient : subject
            CommunicationRequest Composition Condition           | cruds | crus  | rs | patient : subject
            DeviceRequest DeviceUseStatement DiagnosticReport    | cruds | crus  | rs | patient : subject
            DocumentManifest DocumentReference Encounter Flag    | cruds | crus  | rs | patient : subject
            Goal ImagingStudy List Media                         | cruds | crus  | rs | patient : subject
            MedicationAdministration MedicationDispense          | cruds | crus  | rs | patient : subject
            MedicationRequest MedicationStatement Observation    | cruds | crus  | rs | patient : subject
            Procedure QuestionnaireResponse RequestGroup         | cruds | crus  | rs | patient : subject
            RiskAssessment ServiceRequest Specimen               | cruds | crus  | rs | patient : subject
            EpisodeOfCare FamilyMemberHistory Immunization       | cruds | crus  | rs | patient : patient
            ImmunizationEvaluation ImmunizationRecommendation    | cruds | crus  | rs | patient : patient
            MolecularSequence NutritionOrder SupplyDelivery      | cruds | crus  | rs | patient : patient
            VisionPrescription                                   | cruds | crus  | rs | patient : patient
            Task                                                 | cruds | crus  | rs | patient : for
            Device                                               | cruds | rs    | rs | patient : patient
            ChargeItem GuidanceResponse Invoice MeasureReport    | cruds | rs    | rs | patient : subject
            Claim ClaimResponse CoverageEligibilityRequest       | cruds | rs    | rs | patient : patient
            CoverageEligibilityResponse ExplanationOfBenefit     | cruds | rs    | rs | patient : patient
            Coverage                                             | cruds | rs    | rs | patient : beneficiary
            EnrollmentRequest                                    | cruds | rs    | rs | patient : candidate
            Consent RelatedPerson                                | cruds | rs    | rs | patient : patient
            Provenance                                           | cruds | rs    | -  | patient : target
            ResearchSubject                                      | cruds | rs    | -  | patient : individual

            # shared: the same for everybody, about nobody's health
            HealthcareService Location Organization              | cruds | rs    | rs |
            OrganizationAffiliation Practitioner                 | cruds | rs    | rs |
            PractitionerRole Schedule Slot                       | cruds | rs    | rs |
            Medication MedicationKnowledge Substance             | cruds | rs    | rs |
            CodeSystem Questionnaire StructureDefinition         | cruds | rs    | rs |
            ValueSet                                             | cruds | rs    | rs |
            ActivityDefinition ConceptMap Library Measure        | cruds | rs    | -  |
            NamingSystem PlanDefinition                          | cruds | rs    | -  |

            # for other systems only: no record link to measure a person's request by, or one not enforced yet
            Basic Binary Bundle DeviceMetric Group Linkage       | cruds | -     | -  |
            MessageHeader Person SupplyRequest                   | cruds | -     | -  |
            VerificationResult                                   | cruds | -     | -  |
            BiologicallyDerivedProduct CatalogEntry              | cruds | -     | -  |
            ChargeItemDefinition Contract DeviceDefinition       | cruds | -     | -  |
            EffectEvidenceSynthesis Endpoint EnrollmentResponse  | cruds | -     | -  |
            EventDefinition Evidence EvidenceVariable            | cruds | -     | -  |
            InsurancePlan MedicinalProduct                       | cruds | -     | -  |
            MedicinalProductAuthorization                        | cruds | -     | -  |
            MedicinalProductContraindication                     | cruds | -     | -  |
            MedicinalProductIndication                           | cruds | -     | -  |
            MedicinalProductIngredient                           | cruds | -     | -  |
            MedicinalProductInteraction                          | cruds | -     | -  |
            MedicinalProductManufactured                         | cruds | -     | -  |
            MedicinalProductPackaged                             | cruds | -     | -  |
            MedicinalProductPharmaceutical                       | cruds | -     | -  |
            MedicinalProductUndesirableEffect                    | cruds | -     | -  |
            ObservationDefinition PaymentNotice                  | cruds | -     | -  |
            PaymentReconciliation ResearchDefinition             | cruds | -     | -  |
            ResearchElementDefinition ResearchStudy              | cruds | -     | -  |
            RiskEvidenceSynthesis SpecimenDefinition             | cruds | -     | -  |
            SubstanceNucleicAcid SubstancePolymer                | cruds | -     | -  |
            SubstanceProtein SubstanceReferenceInformation       | cruds | -     | -  |
            SubstanceSourceMaterial SubstanceSpecification       | cruds | -     | -  |

            # deliveries are judged by the rights of the author; people's subscriptions wait for consent
            Subscription                                         | cruds | -     | -  |

            # what steers the server comes from its packages, what it has seen comes from itself: nobody writes these
            CapabilityStatement CompartmentDefinition            | rs    | -     | -  |
            ExampleScenario GraphDefinition                      | rs    | -     | -  |
            ImplementationGuide MessageDefinition                | rs    | -     | -  |
            OperationDefinition SearchParameter StructureMap     | rs    | -     | -  |
            TerminologyCapabilities TestReport TestScript        | rs    | -     | -  |
            AuditEvent                                           | rs    | -     | -  |
            """;

    private static final Pattern COLUMNS = Pattern.compile("\\s*\\|\\s*");
    private static final Map<String, TypeRule> RULES = rules();
    private static final TypeRule CLOSED = new TypeRule(Set.of(), Set.of(), Set.of(), Optional.empty());

    /** Keeps its own copies of the permissions. */
    public TypeRule {
        system = Set.copyOf(system);
        staff = Set.copyOf(staff);
        patient = Set.copyOf(patient);
    }

    /** The rule for a type; a type nobody decided about is closed. */
    public static TypeRule of(String type) {
        return RULES.getOrDefault(type, CLOSED);
    }

    /** What those may do who watch over access: they see who did what, and no record of a patient. */
    static Set<Permission> watched(String type) {
        return type.equals("AuditEvent") ? EnumSet.of(Permission.READ, Permission.SEARCH) : Set.of();
    }

    /** The types somebody decided to open, at least for somebody. */
    public static Set<String> openTypes() {
        return RULES.keySet();
    }

    private static Map<String, TypeRule> rules() {
        var rules = new HashMap<String, TypeRule>();
        TABLE.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> COLUMNS.split(line, -1))
                .forEach(columns -> Pattern.compile(" ")
                        .splitAsStream(columns[0])
                        .forEach(type -> {
                            if (rules.put(type, row(columns)) != null) {
                                throw new IllegalStateException("Two rules for " + type + "; keep one.");
                            }
                        }));
        return Map.copyOf(rules);
    }

    private static TypeRule row(String[] columns) {
        return new TypeRule(
                permissions(columns[1]), permissions(columns[2]), permissions(columns[3]), recordLink(columns[4]));
    }

    private static Set<Permission> permissions(String letters) {
        return letters.equals("-")
                ? EnumSet.noneOf(Permission.class)
                : Scope.parse("system/*." + letters).orElseThrow().permissions();
    }

    private static Optional<RecordLink> recordLink(String column) {
        int colon = column.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new RecordLink(
                        column.substring(0, colon).strip(),
                        column.substring(colon + 1).strip()));
    }
}
