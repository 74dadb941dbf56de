/** Reasons that are given again and again; a click puts one into the field. */
export function ReasonTemplates(props: {
  title: string;
  templates: readonly string[];
  choose: (reason: string) => void;
}) {
  return (
    <fieldset className="reason-templates">
      <legend>{props.title}</legend>
      {props.templates.map((reason) => (
        <button key={reason} type="button" className="reason-chip" onClick={() => props.choose(reason)}>
          {reason}
        </button>
      ))}
    </fieldset>
  );
}
