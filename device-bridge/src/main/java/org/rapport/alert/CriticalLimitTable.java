package org.rapport.alert;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationDefinitionQualifiedIntervalComponent;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationRangeCategory;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.rapport.mapping.Measure;

/**
 * The critical limits that a new installation begins with, as ObservationDefinitions that its clinicians then own.
 *
 * <p>The early warning score and the pressures are those of people of 16 years and older; for children no limits of rates
 * and pressures are set. Each needs the approval of the clinicians who rely on it.
 *
 * @see <a href="https://www.rcp.ac.uk/improving-care/resources/national-early-warning-score-news-2/">NEWS2, a single
 *     parameter that scores 3</a>
 * @see <a href="https://doi.org/10.1161/CIR.0000000000001356">AHA/ACC 2025, severe hypertension above 180/120 mmHg</a>
 * @see <a href="https://doi.org/10.2337/dc17-1624">Diabetes Care 2017, glucose below 54 mg/dL</a>
 */
public final class CriticalLimitTable {

    private static final String ADULTS = "16";
    private static final String EVERYBODY = "";
    private static final String NONE = "";

    private CriticalLimitTable() {}

    /** One definition for each measure that has limits, under the id at which its limits are looked up. */
    public static List<ObservationDefinition> definitions() {
        var definitions = new ArrayList<ObservationDefinition>();
        definitions.add(definition(Measure.HEART_RATE, "41", "130", ADULTS));
        definitions.add(definition(Measure.OXYGEN_SATURATION, "92", NONE, EVERYBODY));
        definitions.add(definition(Measure.SYSTOLIC, "91", "180", ADULTS));
        definitions.add(definition(Measure.DIASTOLIC, NONE, "120", ADULTS));
        definitions.add(definition(Measure.BODY_TEMPERATURE, "35.1", "39.0", EVERYBODY));
        definitions.add(definition(Measure.RESPIRATORY_RATE, "9", "24", ADULTS));
        definitions.add(definition(Measure.GLUCOSE, "54", NONE, EVERYBODY));
        definitions.add(definition(Measure.INTERSTITIAL_GLUCOSE, "54", NONE, EVERYBODY));
        return definitions;
    }

    /** The id of the ObservationDefinition that holds the limits of a measure. */
    public static String id(Measure measure) {
        return "limits-" + measure.loincCode();
    }

    private static ObservationDefinition definition(Measure measure, String low, String high, String years) {
        var range = new Range();
        if (!low.isEmpty()) {
            range.setLow(measure.quantity(new BigDecimal(low)));
        }
        if (!high.isEmpty()) {
            range.setHigh(measure.quantity(new BigDecimal(high)));
        }
        var interval = new ObservationDefinitionQualifiedIntervalComponent()
                .setCategory(ObservationRangeCategory.CRITICAL)
                .setRange(range)
                .setCondition("Outside of it somebody must look at once");
        if (!years.isEmpty()) {
            interval.setAge(new Range()
                    .setLow(new Quantity()
                            .setValue(new BigDecimal(years))
                            .setUnit("years")
                            .setSystem("http://unitsofmeasure.org")
                            .setCode("a")));
        }
        var definition = new ObservationDefinition()
                .setCode(new CodeableConcept()
                        .addCoding(new Coding(
                                "http://loinc.org",
                                measure.loincCode(),
                                measure.concept().getText())))
                .addQualifiedInterval(interval);
        definition.setId(id(measure));
        return definition;
    }
}
