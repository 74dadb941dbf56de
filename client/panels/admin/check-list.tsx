/** A choice of several with a box for each and one for all. */
import { Checkbox } from 'antd';
import { useAdministrationTexts } from '../../i18n/administration-texts.ts';

export function CheckList(props: {
  title: string;
  choices: readonly { value: string; label: string }[];
  chosen: readonly string[];
  change: (chosen: string[]) => void;
  problem: string | null;
}) {
  const { form } = useAdministrationTexts();
  const { choices, chosen } = props;
  const values = choices.map(({ value }) => value);
  const toggle = (value: string, isChosen: boolean) =>
    // In the order of the choices, whatever order they were made in.
    props.change(values.filter((each) => (each === value ? isChosen : chosen.includes(each))));
  return (
    <fieldset className="check-list">
      <legend>{props.title}</legend>
      <Checkbox
        checked={chosen.length === choices.length}
        indeterminate={chosen.length > 0 && chosen.length < choices.length}
        onChange={({ target }) => props.change(target.checked ? values : [])}
      >
        {form.all}
      </Checkbox>
      <div className="check-choices">
        {choices.map(({ value, label }) => (
          <Checkbox
            key={value}
            checked={chosen.includes(value)}
            onChange={({ target }) => toggle(value, target.checked)}
          >
            {label}
          </Checkbox>
        ))}
      </div>
      {props.problem !== null && (
        <p className="mark-problem" role="alert">
          {props.problem}
        </p>
      )}
    </fieldset>
  );
}
