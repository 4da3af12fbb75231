import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useJudgeDocuments, useKeepWhole } from "@/api/mutations";
import { relationsQuery } from "@/api/queries";
import type { Document, Relation, VerdictRequest } from "@/api/schema/types.gen";
import { CommandButton } from "@/commands/CommandButton";
import { useCommand } from "@/commands/useCommand";
import { type OpenRelation, REASONS, openRelations, pairOf } from "@/domain/relations";
import { hasPicture } from "@/domain/status";
import { isMessageId } from "@/messages/ids";
import styles from "@/pages/review/explain/Related.module.css";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { toast } from "@/parts/toasts";
import { Thumbnail } from "@/words/Thumbnail";
import { useFieldLabel } from "@/words/fieldLabel";
import { useWords } from "@/words/useWords";

type Props = { document: Document; readOnly: boolean };

/** Other documents that this one has to do with, and the questions about them that wait for a word. */
export function Related({ document, readOnly }: Props) {
  const intl = useIntl();
  const relations = useQuery(relationsQuery(document.id)).data?.relations ?? [];
  const { mutate } = useJudgeDocuments(document.id);
  const open = openRelations(document, relations);
  const pair = pairOf(relations);
  const judge = ({ question, document: other }: Relation, verdict: VerdictRequest["verdict"]) =>
    mutate(
      { other: other.id, question, verdict },
      { onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }) },
    );
  const first = open[0];
  const may = !readOnly && first !== undefined;
  useCommand("judge_same", () => first && judge(first, "same"), may);
  useCommand("judge_different", () => first && judge(first, "different"), may);

  const isOfSheet = document.cut_from !== null || document.kept_whole;
  if (open.length === 0 && pair === null && document.side_of === null && !isOfSheet) return null;
  return (
    <section className={styles["related"]} aria-label={intl.formatMessage({ id: "related.title" })}>
      {document.side_of !== null && (
        <p className={styles["pair"]}>
          <Icon name="flip" size={13} />
          {intl.formatMessage({ id: "related.side_of" })}
          <Link to="/review/$id" params={{ id: document.side_of }}>
            {intl.formatMessage({ id: "related.open" })}
          </Link>
        </p>
      )}
      {document.side_of === null && pair !== null && (
        <p className={styles["pair"]}>
          <Icon name="flip" size={13} />
          <span>{intl.formatMessage({ id: "related.pair" }, { name: pair.document.name })}</span>
          {!readOnly && (
            <Button look="quiet" size="small" onPress={() => judge(pair, "different")}>
              {intl.formatMessage({ id: "related.part" })}
            </Button>
          )}
        </p>
      )}
      {isOfSheet && <Sheet document={document} readOnly={readOnly} />}
      {open.map((relation) => (
        <Possible
          key={`${relation.question} ${relation.document.id}`}
          relation={relation}
          first={relation === first}
          readOnly={readOnly}
          judge={judge}
        />
      ))}
    </section>
  );
}

/** The picture that this document was cut out of, or that somebody kept whole. */
function Sheet({ document, readOnly }: Props) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { mutate, isPending } = useKeepWhole(document.id);
  const whole = document.kept_whole;
  const say = () =>
    mutate(!whole, {
      onSuccess: ({ id }) => void navigate({ to: "/review/$id", params: { id } }),
      onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
    });
  return (
    <p className={styles["pair"]}>
      <Icon name="flip" size={13} />
      <span>{intl.formatMessage({ id: whole ? "related.kept_whole" : "related.cut" })}</span>
      {!readOnly && (
        <Button look="quiet" size="small" isDisabled={isPending} onPress={say}>
          {intl.formatMessage({ id: whole ? "related.look" : "related.whole" })}
        </Button>
      )}
    </p>
  );
}

type PossibleProps = {
  relation: OpenRelation;
  /** Whether the keys speak of this one. */
  first: boolean;
  readOnly: boolean;
  judge: (relation: Relation, verdict: VerdictRequest["verdict"]) => void;
};

/** One other document beside this one: what it may be, how likely, and why. */
function Possible({ relation, first, readOnly, judge }: PossibleProps) {
  const intl = useIntl();
  const words = useWords();
  const fieldLabel = useFieldLabel();
  const { question, document: other } = relation;
  const about = (name: string) => {
    const id = `about.${name}`;
    return isMessageId(id) ? intl.formatMessage({ id }) : fieldLabel(name);
  };
  const same = intl.formatMessage({ id: `related.same.${question}` });
  const different = intl.formatMessage({ id: `related.different.${question}` });
  return (
    <div className={styles["possible"]}>
      <Thumbnail id={hasPicture(other) ? other.id : null} />
      <div className={styles["words"]}>
        <p className={styles["question"]}>
          {intl.formatMessage({ id: `related.${question}` })}
          <span className={styles["likely"]}>
            {intl.formatMessage(
              { id: "related.likely" },
              {
                percent: intl.formatNumber(relation.probability, {
                  style: "percent",
                  // Nothing is ever certain.
                  maximumFractionDigits: relation.probability > 0.99 ? 1 : 0,
                  roundingMode: "floor",
                }),
              },
            )}
          </span>
        </p>
        <p className={styles["other"]}>
          <Link to="/review/$id" params={{ id: other.id }}>
            {other.title ?? other.name}
          </Link>
          {[words.type(other.document_type), words.country(other.issuing_country)]
            .filter((word) => word !== null)
            .map((word) => ` · ${word}`)
            .join("")}
        </p>
        <ul className={styles["reasons"]}>
          {relation.reasons.slice(0, REASONS).map((reason) => (
            <li key={reason.about} data-against={reason.weight < 0 || undefined}>
              <Icon name={reason.weight < 0 ? "cross" : "check"} size={13} />
              <span>
                {about(reason.about)}: {intl.formatMessage({ id: `alike.${reason.alike}` })}
              </span>
            </li>
          ))}
        </ul>
        {!readOnly && (
          <div className={styles["answers"]}>
            {first ? (
              <>
                <CommandButton command="judge_same" size="small">
                  {same}
                </CommandButton>
                <CommandButton command="judge_different" size="small">
                  {different}
                </CommandButton>
              </>
            ) : (
              <>
                <Button size="small" onPress={() => judge(relation, "same")}>
                  {same}
                </Button>
                <Button size="small" onPress={() => judge(relation, "different")}>
                  {different}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
